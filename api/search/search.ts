import { z } from 'zod';
import { SEARCH_MODES } from '../../common/domain/search.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { jsonBody } from '../http/body.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { text } from '../schemas.ts';
import { retrieve } from './retrieve.ts';
import { Filters, Passage } from './schemas.ts';

const Query = z.strictObject({
  query: text(2_000).trim().min(1),
  mode: z.enum(SEARCH_MODES).default('hybrid'),
  limit: z.int().min(1).max(100).default(10),
  filters: Filters.default({}),
});

export const search = (ports: Pick<Ports, 'embedder' | 'index' | 'directory'>) =>
  route({
    summary: 'Search what you may see',
    access: 'user',
    body: jsonBody(Query),
    reply: json(z.object({ results: z.array(Passage) })),
    problems: ['throttled'],
    handle: async ({ body, caller }) => ({ results: await retrieve(ports, { ...body, caller }) }),
  });
