/** What a worker counts: commands by name and outcome, refusals by rule, faults by cause, how long steps took. */

import { Counter, Histogram, type Registry } from 'prom-client';
import { z } from 'zod';
import { faultCauseOf } from '../engine/fault.ts';
import type { Reply, StepInput } from './contract.ts';

export interface WorkerMetrics {
  /** One step is over. */
  stepped(input: StepInput, replies: readonly Reply[], seconds: number): void;
  /** A step threw: nothing was written, it is tried again. */
  failed(cause: string): void;
  /** The pure part of a command. */
  decided(seconds: number): void;
}

/** Labels that come from playbooks are bounded by them; this bounds them even so. */
const MOST_RULES = 1_000;
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const DECIDE_SECONDS = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25];

/** What is read of a reason: never its words. */
const reasonsShape = z.array(
  z.object({ code: z.string(), rule: z.object({ file: z.string(), line: z.number() }).optional() }),
);

const commandShape = z.object({ command: z.string().regex(/^[a-z_]{1,40}$/) });

/** Only names that some decider knows reach the outcomes that are counted by name. */
function nameOf(body: unknown, outcome: Reply['outcome']): string {
  const parsed = commandShape.safeParse(body);
  return parsed.success && outcome !== 'invalid' ? parsed.data.command : 'other';
}

export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  const commands = new Counter({
    name: 'playrail_commands_total',
    help: 'Commands answered by this worker, repeats included.',
    labelNames: ['kind', 'command', 'outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'playrail_refusals_total',
    help: 'Reasons of refusals, by code and by the place of the rule in the playbooks.',
    labelNames: ['code', 'rule'],
    registers,
  });
  const faults = new Counter({
    name: 'playrail_faults_total',
    help: 'Faults of commands and of steps, by cause.',
    labelNames: ['cause'],
    registers,
  });
  const steps = new Histogram({
    name: 'playrail_step_seconds',
    help: 'One transaction: lock, decide, journal, write.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const decides = new Histogram({
    name: 'playrail_decide_seconds',
    help: 'The pure part of one command.',
    buckets: DECIDE_SECONDS,
    registers,
  });
  const rules = new Set<string>();

  function ruleLabel(rule: { readonly file: string; readonly line: number } | undefined): string {
    if (rule === undefined) return 'none';
    const label = `${rule.file}:${rule.line}`;
    if (!rules.has(label) && rules.size >= MOST_RULES) return 'other';
    rules.add(label);
    return label;
  }

  return {
    stepped: (input, replies, seconds) => {
      steps.observe({ kind: input.kind }, seconds);
      for (const [index, reply] of replies.entries()) {
        const command = nameOf(input.commands[index]?.body, reply.outcome);
        commands.inc({ kind: input.kind, command, outcome: reply.outcome });
        if (reply.outcome === 'fault') faults.inc({ cause: faultCauseOf(reply.cause) });
        if (reply.outcome !== 'refused') continue;
        for (const { code, rule } of reasonsShape.safeParse(reply.reasons).data ?? []) {
          refusals.inc({ code, rule: ruleLabel(rule) });
        }
      }
    },
    failed: (cause) => faults.inc({ cause: faultCauseOf(cause) }),
    decided: (seconds) => decides.observe(seconds),
  };
}
