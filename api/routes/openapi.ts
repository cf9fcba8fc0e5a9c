/** `/v1/openapi.json`: what the API is, for programs. */

import { z } from 'zod';
import { type OpenApi, openapiDocument } from '../openapi.ts';
import { type Route, route } from '../route.ts';

/** `routes`: all of them, this one included. */
export function openapiRoute(routes: () => readonly Route[]): Route {
  let document: OpenApi | undefined;
  return route({
    method: 'get',
    path: '/v1/openapi.json',
    name: 'openapi',
    summary: 'This document',
    isOpen: true,
    answers: { 200: { description: 'OpenAPI 3.1.', body: z.looseObject({ openapi: z.string() }) } },
    handle: () => {
      document ??= openapiDocument(routes());
      return { status: 200, body: document } as const;
    },
  });
}
