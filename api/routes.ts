import type { Ports } from '../common/ports/ports.ts';
import { answer } from './answers/answer.ts';
import { guardAttempts, guardRegistrations } from './auth/attempts.ts';
import { login, logout, refresh, register } from './auth/auth.ts';
import { beginProviderLogin, finishProviderLogin } from './auth/provider-login.ts';
import { listChunks } from './documents/chunks.ts';
import { readContent, readText } from './documents/content.ts';
import { createDocument, type UploadSettings } from './documents/create.ts';
import { readReceipt } from './documents/deletions.ts';
import { watchDocument } from './documents/events.ts';
import { listDocuments } from './documents/list.ts';
import { describeDocument, readDocument, removeDocument } from './documents/record.ts';
import { replaceContent, reprocess } from './documents/replace.ts';
import { beginUpload } from './documents/uploads/begin.ts';
import { completeUpload } from './documents/uploads/complete.ts';
import { receivePart } from './documents/uploads/receive.ts';
import { abandonUpload, readUpload } from './documents/uploads/under-way.ts';
import { readOpenApi } from './openapi.ts';
import { live, metrics, ready } from './operations/health.ts';
import { listDeadLetters, readQueues, redrive } from './operations/operations.ts';
import type { Routes } from './route.ts';
import { search } from './search/search.ts';
import { changeMe, deleteMe, readMe } from './users/me.ts';

export interface RouteSettings extends UploadSettings {
  /** The home's metrics, in Prometheus' text format. */
  readonly readMetrics: () => Promise<string>;
}

/** The whole API on one screen. */
export const routesOf = (ports: Ports, settings: RouteSettings): Routes => {
  const routes: Routes = {
    'POST /v1/auth/register': register(ports, guardRegistrations()),
    'POST /v1/auth/login': login(ports, guardAttempts()),
    'POST /v1/auth/refresh': refresh(ports),
    'POST /v1/auth/logout': logout(ports),
    'GET /v1/auth/providers/{provider}': beginProviderLogin(ports),
    'GET /v1/auth/callback': finishProviderLogin(ports),

    'GET /v1/users/me': readMe(ports),
    'PATCH /v1/users/me': changeMe(ports),
    'DELETE /v1/users/me': deleteMe(ports),

    'POST /v1/documents': createDocument(ports, settings),
    'GET /v1/documents': listDocuments(ports),
    'GET /v1/documents/{id}': readDocument(ports),
    'PATCH /v1/documents/{id}': describeDocument(ports),
    'DELETE /v1/documents/{id}': removeDocument(ports),
    'PUT /v1/documents/{id}/content': replaceContent(ports, settings),
    'GET /v1/documents/{id}/content': readContent(ports),
    'GET /v1/documents/{id}/text': readText(ports),
    'GET /v1/documents/{id}/chunks': listChunks(ports),
    'GET /v1/documents/{id}/events': watchDocument(ports),
    'POST /v1/documents/{id}/reprocess': reprocess(ports),
    'POST /v1/documents/uploads': beginUpload(ports, settings),
    'GET /v1/documents/uploads/{uploadId}': readUpload(ports),
    'POST /v1/documents/uploads/{uploadId}/complete': completeUpload(ports, settings),
    'DELETE /v1/documents/uploads/{uploadId}': abandonUpload(ports),
    'PUT /v1/uploads/{token}/{partNumber}': receivePart(ports, settings),
    'GET /v1/deletions/{receiptId}': readReceipt(ports),

    'POST /v1/search': search(ports),
    'POST /v1/answers': answer(ports),

    'GET /v1/operations/queues': readQueues(ports),
    'GET /v1/operations/dead-letters/{stage}': listDeadLetters(ports),
    'POST /v1/operations/dead-letters/{stage}/redrive': redrive(ports),

    'GET /health/live': live(),
    'GET /health/ready': ready(ports),
    'GET /metrics': metrics(settings.readMetrics),
    'GET /openapi.json': readOpenApi(() => routes),
  };
  return routes;
};
