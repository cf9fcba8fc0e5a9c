/** A leaf as refusals and scenarios name it: `evidence first-visit`, `activity call`. */

import type { Leaf } from '../playbook/condition.ts';

export function leafName(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'fact':
      return `fact ${leaf.fact}`;
    case 'field':
      return `field ${leaf.field}`;
    case 'evidence':
      return `evidence ${leaf.evidence}`;
    case 'milestone':
      return `milestone ${leaf.milestone}`;
    case 'approval':
      return `approval ${leaf.approval}`;
    case 'task':
      return `task ${leaf.task}`;
    case 'activity':
      return `activity ${leaf.activity}`;
    case 'decision':
      return `decision ${leaf.decision}`;
    case 'child':
      return `child ${leaf.pipeline}`;
  }
}
