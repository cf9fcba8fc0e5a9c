/** `/metrics`: figures for Prometheus, for whoever has the token, or asks on this very machine. */

import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { sha256 } from '../../store/hash.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Digests are compared: they have one length. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}

/** With a token, only with it; without, from this machine, where no proxy has brought it. */
export function mayRead(request: Request, token: string | undefined): boolean {
  if (token !== undefined) return isSame(request.get('Authorization') ?? '', `Bearer ${token}`);
  const isBrought = request.get('X-Forwarded-For') !== undefined || request.get('Forwarded') !== undefined;
  return !isBrought && LOOPBACK.test(request.socket.remoteAddress ?? '');
}

async function show({ metrics }: ApiDeps, { request }: { readonly request: Request }) {
  if (!mayRead(request, metrics?.token)) {
    throw new ApiProblem('forbidden', {
      zh: '指标只给持有 PLAYRAIL_METRICS_TOKEN 者，未设置时只给本机',
      en: 'metrics are for holders of PLAYRAIL_METRICS_TOKEN, or for this machine where it is not set',
    });
  }
  if (metrics === undefined) throw new ApiProblem('not-found', { zh: '没有指标', en: 'there are no metrics' });
  const headers = { 'Content-Type': metrics.registry.contentType };
  return { status: 200, headers, text: await metrics.registry.metrics() } as const;
}

export const metricsRoutes = [
  route({
    method: 'get',
    path: '/metrics',
    name: 'metrics',
    summary: 'Figures for Prometheus',
    description:
      'Needs the token of the installation’s settings, or a request from the machine itself. No personal data.',
    isOpen: true,
    answers: { 200: { description: 'In the text format of Prometheus.', media: 'text/plain' } },
    problems: ['forbidden', 'not-found'],
    handle: show,
  }),
];
