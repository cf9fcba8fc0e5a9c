/** The language a caller wants to read. */

import type { Request } from 'express';
import type { Lang } from '../engine/playbook/text.ts';

/** From Accept-Language; English when it names neither. */
export function requestLang(request: Request): Lang {
  const chosen = request.acceptsLanguages('en', 'zh', 'zh-CN', 'zh-Hans', 'zh-TW', 'zh-HK');
  return typeof chosen === 'string' && chosen.startsWith('zh') ? 'zh' : 'en';
}
