import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { runFolder } from './guarded.ts';
import { cacheFolder, installOnce } from './install.ts';
import { runTool } from './run-tool.ts';
import { answers, type Server, type Start, startServer } from './server.ts';
import type { ServerKind } from './server-kind.ts';

const VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c';
/** What it takes; the other servers take anything. */
export const MINIO_CREDENTIALS = { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' } as const;

export const MINIO: ServerKind = {
  name: 'MinIO',
  variables: ['AWS_ENDPOINT_URL_S3'],
  toInstall: ['go'],
  toRun: [],
  folder: (env) => ({ cache: cacheFolder(env), name: `minio-${VERSION}` }),
  install: ({ env, signal }) =>
    installOnce({
      ...MINIO.folder(env),
      lock: 'minio',
      signal,
      build: (folder) =>
        runTool({
          what: 'Building MinIO from its source (3 to 5 minutes)',
          command: 'go',
          args: ['install', '-trimpath', '-ldflags=-s -w', `github.com/minio/minio@${VERSION}`],
          env: { GOBIN: folder, CGO_ENABLED: '0' },
          signal,
        }),
    }),
};

/**
 * S3, with a key of its own for objects that are to be encrypted.
 * @param webhook where it posts, at once and only once, what happens in buckets that ask for it
 */
export const startMinio = async (webhook: string, { env, signal }: Start): Promise<Server> => {
  const installed = await MINIO.install({ env, signal });
  const server = await startServer({
    name: MINIO.name,
    signal,
    folder: runFolder,
    command: (port, folder) => ({
      command: join(installed, 'minio'),
      args: ['server', '--address', `127.0.0.1:${port}`, '--quiet', join(folder, 'data')],
      env: {
        MINIO_CI_CD: '1',
        MINIO_BROWSER: 'off',
        MINIO_KMS_SECRET_KEY: `test:${randomBytes(32).toString('base64')}`,
        MINIO_ROOT_USER: MINIO_CREDENTIALS.accessKeyId,
        MINIO_ROOT_PASSWORD: MINIO_CREDENTIALS.secretAccessKey,
        MINIO_NOTIFY_WEBHOOK_ENABLE_SQS: 'on',
        MINIO_NOTIFY_WEBHOOK_ENDPOINT_SQS: webhook,
      },
    }),
    ready: (port) => answers(`http://127.0.0.1:${port}`, '/minio/health/ready', (status) => status === 200),
  });
  return { ...server, env: { AWS_ENDPOINT_URL_S3: server.url } };
};
