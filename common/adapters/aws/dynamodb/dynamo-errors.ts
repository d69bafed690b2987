import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../../../domain/errors.ts';
import { awsErrorOf } from '../aws-errors.ts';
import type { Item } from './item.ts';

const OVER_SIZE = /item size|size of the item|ItemCollectionSizeLimitExceeded/i;

/** What the service threw, as ours: `throttled`, `unavailable`, `too_large`; an unknown error stays itself. */
const dynamoErrorOf = (error: unknown): unknown => {
  if (error instanceof Error && OVER_SIZE.test(`${error.name} ${error.message}`)) {
    return new AppError('too_large', 'The record is over 400 KB, which is the most that DynamoDB keeps. Shorten it.', {
      cause: error,
    });
  }
  return awsErrorOf(error, 'DynamoDB');
};

/** The service's answer; its errors as ours. */
export const answered = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
  try {
    return await answer;
  } catch (error) {
    throw dynamoErrorOf(error);
  }
};

/** The answer to a conditional write, or what `refused` makes of the item that did not meet the condition. */
export const unlessRefused = async <Answer, Otherwise>(
  answer: Promise<Answer>,
  refused: (found?: Item) => Otherwise,
): Promise<Answer | Otherwise> => {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw dynamoErrorOf(error);
    return refused(error.Item && unmarshall(error.Item));
  }
};
