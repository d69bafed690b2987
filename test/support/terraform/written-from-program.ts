import { join } from 'node:path';
import { gatewayOf } from '../../../api/gateway.ts';
import { routesOf } from '../../../api/routes.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { tableDefinitions } from './table-definitions.ts';

export const TERRAFORM = join(import.meta.dirname, '..', '..', '..', 'terraform');

/** Of the whole API; nothing is called, so no port is needed. */
export const wholeApi = () =>
  routesOf({} as Ports, {
    readMetrics: async () => '',
    maxFormBytes: 1,
    maxUploadBytes: 1,
    bucket: 'any',
    storageAnnounces: true,
  });

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What Terraform reads and the program knows, by file: written by `npm run terraform:write`, kept true by a test. */
export const writtenFromProgram = (): Readonly<Record<string, string>> => ({
  'modules/api-gateway/openapi.json.tftpl': text(gatewayOf(wholeApi())),
  'modules/tables/tables.json': text(tableDefinitions()),
});
