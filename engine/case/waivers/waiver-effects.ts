/** Whom a case tells about waivers. */

import type { Message } from '../../person/message.ts';
import type { Text } from '../../playbook/text.ts';
import { personOf } from '../../who/reporting-line.ts';
import { type CaseView, nameOf } from '../case-view.ts';
import type { Effect } from '../effect.ts';
import type { CaseEvent } from '../event.ts';
import { about, settle } from '../rung-messages.ts';
import { waivableCriterion, waivableTitle } from './standing.ts';
import { type WaiverEntry, waived } from './waiver.ts';
import type { WaiverEventName } from './waiver-event.ts';
import { endedText, endingText, grantedText, WAIVABLE_WORDS, WAIVER_TITLES } from './waiver-texts.ts';

type WaiverEventOf<N extends WaiverEventName = WaiverEventName> = Extract<CaseEvent, { readonly event: N }>;

/** @param view after the event */
export function waiverEffects(view: CaseView, event: WaiverEventOf): readonly Effect[] {
  const what = whatOf(view, event);
  switch (event.event) {
    case 'waiver_granted':
      return event.owner === event.by
        ? []
        : tell(
            view,
            event,
            event.owner,
            'granted',
            grantedText(what, nameOf(view, event.by), event.until, event.reason),
          );
    case 'waiver_used':
      return [];
    case 'waiver_reminded': {
      const until = view.state.waivers?.[waived(event)]?.until ?? '';
      return tell(view, event, event.owner, 'ending', endingText(what, until));
    }
    case 'waiver_ended':
      return ended(view, event, what);
  }
}

/** Who answers for it hears that it must be met now; who granted it, too. What was said of it before is settled. */
function ended(view: CaseView, event: WaiverEventOf<'waiver_ended'>, what: Text): readonly Effect[] {
  const { because, owner, granted_by, by, reason } = event;
  if (because === 'met' || because === 'closed') return settle(view.state, subject(event), [owner, granted_by], 'done');
  const text = endedText(what, because, reason);
  const people = [...new Set([owner, granted_by])].filter((person) => person !== by);
  return people.flatMap((person) => tell(view, event, person, 'ended', text));
}

function tell(
  view: CaseView,
  event: Pick<WaiverEntry, 'kind' | 'name'>,
  to: string,
  title: keyof typeof WAIVER_TITLES,
  text: Text,
): readonly Effect[] {
  if (personOf(view.world.people, to)?.active !== true) return [];
  const kind = title === 'ending' ? 'reminder' : 'notice';
  const rule = waivableCriterion(view.rules, event.kind, event.name)?.rule;
  const message: Message = {
    ...about(view.state, kind, subject(event)),
    title: WAIVER_TITLES[title](view.state.title),
    text,
    ...(rule !== undefined && { rule }),
  };
  return [{ effect: 'message', to, message }];
}

function subject(event: Pick<WaiverEntry, 'kind' | 'name'>): string {
  return `waiver ${waived(event)}`;
}

function whatOf({ rules }: CaseView, { kind, name }: Pick<WaiverEntry, 'kind' | 'name'>): Text {
  const title = waivableTitle(rules, { kind, name });
  const word = WAIVABLE_WORDS[kind];
  return {
    zh: `${word.zh} \`${name}\`${title === undefined ? '' : `（${title.zh}）`}`,
    en: `${word.en} \`${name}\`${title === undefined ? '' : ` (${title.en})`}`,
  };
}
