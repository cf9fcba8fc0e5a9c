/** What the API counts: requests by route and status, how long they took, the causes of faults. */

import { Counter, Histogram, type Registry } from 'prom-client';
import type { FaultCause } from '../engine/fault.ts';

export interface Answered {
  readonly method: string;
  /** As declared, so that there are only so many. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  readonly cause?: FaultCause;
}

export interface ApiMetrics {
  answered(answer: Answered): void;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createApiMetrics(registry: Registry): ApiMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'playrail_http_requests_total',
    help: 'Requests answered; status 499: the caller had gone.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'playrail_http_request_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  });
  const faults = new Counter({
    name: 'playrail_http_faults_total',
    help: 'Answers with a 5xx, by the cause of the fault.',
    labelNames: ['cause'],
    registers,
  });
  return {
    answered: ({ method, route, status, seconds: took, cause }) => {
      requests.inc({ method, route, status });
      seconds.observe({ method, route }, took);
      if (cause !== undefined) faults.inc({ cause });
    },
  };
}
