import type { Document, DocumentKey } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';

export type DescribeNeeds = Pick<Ports, 'documents' | 'index'>;

/** What a chunk says of its document, for filters to read. */
export const describedBy = ({ metadata, access }: Document) => ({ tags: metadata.tags, isPublic: access.isPublic });

/** Brings the index up to the record, whatever was asked for in between. */
export const describe = async (job: DocumentKey, { documents, index }: DescribeNeeds): Promise<Message[]> => {
  try {
    const document = await documents.get(job);
    if (document.deletedAt === undefined) await index.describe(job, describedBy(document));
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error; // deleted meanwhile: nothing to describe
  }
  return [];
};
