import assert from 'node:assert/strict';
import { s3BlobStore } from '../../../../common/adapters/aws/s3/s3-blob-store.ts';
import { type Answer, type Asked, fault, s3Double } from '../../../support/aws/s3-double.ts';

const isVersions = ({ query }: Asked) => query.has('versions');
const isUploads = ({ method, query }: Asked) => method === 'GET' && query.has('uploads');
const isDelete = ({ query }: Asked) => query.has('delete');

const version = (key: string, id: string, latest = true) =>
  `<Version><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest></Version>`;
const marker = (key: string, id: string) =>
  `<DeleteMarker><Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>true</IsLatest></DeleteMarker>`;
const versions = (...entries: string[]): Answer => ({
  body: `<ListVersionsResult>${entries.join('')}</ListVersionsResult>`,
});
const failed = (key: string, id: string, code: string): Answer => ({
  body: `<DeleteResult><Error><Key>${key}</Key><VersionId>${id}</VersionId><Code>${code}</Code></Error></DeleteResult>`,
});
const nothing: Answer = { body: '<Result/>' };

/** Answers requests of one kind in turn, the last one for good; all others with nothing. */
const inTurn =
  (is: (asked: Asked) => boolean, ...answers: Answer[]) =>
  (otherwise: (asked: Asked) => Answer = () => nothing) =>
  (asked: Asked): Answer =>
    is(asked) ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? nothing) : otherwise(asked);

describe('deleting in S3', () => {
  it('follows the pages, and removes versions and marks of deletion', async () => {
    const next = '<IsTruncated>true</IsTruncated><NextKeyMarker>a/2+2</NextKeyMarker>';
    const first = versions(version('a/1', '1'), version('a/2+2', '2b', false), marker('a/2+2', '2c'), next);
    await using s3 = await s3Double(inTurn(isVersions, first, versions(version('a/%C3%BC', '3')))());
    assert.equal(await s3BlobStore(s3).deleteAll('a/'), 2);
    const [, second] = s3.asked.filter(isVersions);
    assert.equal(second?.query.get('key-marker'), 'a/2 2');
    const deleted = s3.asked.filter(isDelete).flatMap(({ body }) => body.match(/<Key>[^/]+\/[^/]+<\/Key>/g));
    assert.deepEqual(deleted, ['<Key>a/1</Key>', '<Key>a/2 2</Key>', '<Key>a/2 2</Key>', '<Key>a/ü</Key>']);
  });

  it('tries again those that S3 failed with, and no others', async () => {
    const found = inTurn(isVersions, versions(version('a/1', '1'), version('a/2', '2')))();
    await using s3 = await s3Double(inTurn(isDelete, failed('a/2', '2', 'InternalError'), nothing)(found));
    assert.equal(await s3BlobStore(s3).deleteAll('a/'), 2);
    const [, again] = s3.asked.filter(isDelete);
    assert.deepEqual(again?.body.match(/<Key>.+?<\/Key>/g), ['<Key>a/2</Key>']);
  });

  it('gives up on one that may not be deleted, and says which', async () => {
    const found = inTurn(isVersions, versions(version('a/1', '1')))();
    await using s3 = await s3Double(inTurn(isDelete, failed('a/1', '1', 'AccessDenied'))(found));
    await assert.rejects(s3BlobStore(s3).deleteAll('a/'), /a\/1: AccessDenied/);
  });

  it('ends unfinished uploads below the folder, also one that has ended by itself', async () => {
    const unfinished = ['one', 'other'].map((id) => `<Upload><Key>a/b+c</Key><UploadId>${id}</UploadId></Upload>`);
    const listed = { body: `<ListMultipartUploadsResult>${unfinished.join('')}</ListMultipartUploadsResult>` };
    const gone = (asked: Asked) => (asked.method === 'DELETE' ? fault(404, 'NoSuchUpload') : nothing);
    await using s3 = await s3Double(inTurn(isUploads, listed)(gone));
    await s3BlobStore(s3).deleteAll('a/');
    const aborted = s3.asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url.split('?')[0]);
    assert.deepEqual(aborted, ['/bucket/a/b%20c', '/bucket/a/b%20c']);
  });
});
