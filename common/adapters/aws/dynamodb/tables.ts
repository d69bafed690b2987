import type { CreateTableCommandInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';

/** All of a table but its name. */
export type TableDefinition = Omit<CreateTableCommandInput, 'TableName'>;

/** Names of indexes, as adapters and the definitions below spell them. */
export const INDEX = {
  userUploadDate: 'UserUploadDateIndex',
  userFileName: 'UserFileNameIndex',
  userStatus: 'UserStatusIndex',
  status: 'StatusIndex',
  fileType: 'FileTypeIndex',
  documentId: 'DocumentIdIndex',
  email: 'EmailIndex',
  lastLogin: 'LastLoginIndex',
  pending: 'PendingIndex',
} as const;

/** The attribute of the state table after whose time, in seconds since 1970, the service removes an item. */
export const EXPIRES_AT = 'expiresAt';

const keys = (hash: string, range?: string): NonNullable<CreateTableCommandInput['KeySchema']> => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
];

const index = (
  name: string,
  [hash, range]: readonly [string, string?],
  projection: 'ALL' | 'KEYS_ONLY',
): GlobalSecondaryIndex => ({
  IndexName: name,
  KeySchema: keys(hash, range),
  Projection: { ProjectionType: projection },
});

const texts = (...names: string[]): NonNullable<CreateTableCommandInput['AttributeDefinitions']> =>
  names.map((name) => ({ AttributeName: name, AttributeType: 'S' }));

const KEPT = {
  BillingMode: 'PAY_PER_REQUEST',
  SSESpecification: { Enabled: true },
} as const;
const STREAMED = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } } as const;

/** `loginDay` is the day of lastLoginAt, so that recent logins are listed by walking days back. */
const users: TableDefinition = {
  ...KEPT,
  ...STREAMED,
  AttributeDefinitions: texts('userId', 'email', 'loginDay', 'lastLoginAt'),
  KeySchema: keys('userId'),
  GlobalSecondaryIndexes: [
    index(INDEX.email, ['email'], 'ALL'),
    index(INDEX.lastLogin, ['loginDay', 'lastLoginAt'], 'KEYS_ONLY'),
  ],
};

/**
 * A shard is `status#n` or `fileType#n`, n from 0 to 7 by documentId, so that no value is one hot partition.
 * `ownFileName` and `ownStatus` begin with the userId: one user's documents by name, or in a status, at a cost that does
 * not grow with all that the user has.
 */
const documents: TableDefinition = {
  ...KEPT,
  ...STREAMED,
  AttributeDefinitions: texts(
    'userId',
    'documentId',
    'uploadDate',
    'statusShard',
    'fileTypeShard',
    'ownFileName',
    'ownStatus',
  ),
  KeySchema: keys('userId', 'documentId'),
  GlobalSecondaryIndexes: [
    index(INDEX.userUploadDate, ['userId', 'uploadDate'], 'ALL'),
    index(INDEX.status, ['statusShard', 'uploadDate'], 'ALL'),
    index(INDEX.fileType, ['fileTypeShard', 'uploadDate'], 'KEYS_ONLY'),
    index(INDEX.documentId, ['documentId'], 'KEYS_ONLY'),
    index(INDEX.userFileName, ['ownFileName', 'uploadDate'], 'KEYS_ONLY'),
    index(INDEX.userStatus, ['ownStatus', 'uploadDate'], 'KEYS_ONLY'),
  ],
};

/** What the program keeps beside: progress, deletion receipts, uploads. Only what somebody waits for is in the index. */
const state: TableDefinition = {
  ...KEPT,
  AttributeDefinitions: texts('pk', 'sk', 'pendingShard', 'pendingSince'),
  KeySchema: keys('pk', 'sk'),
  GlobalSecondaryIndexes: [index(INDEX.pending, ['pendingShard', 'pendingSince'], 'KEYS_ONLY')],
};

/** One item a quota, written several times a second: a table of its own, whose throughput nobody else uses up. */
const quota: TableDefinition = {
  ...KEPT,
  AttributeDefinitions: texts('quotaId'),
  KeySchema: keys('quotaId'),
};

export const TABLES = { users, documents, state, quota } as const;
