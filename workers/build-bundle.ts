/** Makes the workflow bundle; a step of `npm run build`, so that the first start need not. */

import { workflowBundle } from './workflow-bundle.ts';

await workflowBundle();
