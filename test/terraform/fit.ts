import assert from 'node:assert/strict';
import { deadLetterName, queueName } from '../../common/adapters/aws/sqs/queues.ts';
import { readConfig } from '../../common/config.ts';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Checks } from '../support/terraform/checks.ts';
import { type Applied, askedOf, dutiesOf } from '../support/terraform/role-duties.ts';
import { isAllowed, type RolePolicies, rolePoliciesIn } from '../support/terraform/simulate.ts';
import { resourcesOf, type State } from '../support/terraform/state.ts';

type Place = Pick<Applied, 'account' | 'region'>;

/** Begins all names of the dev environment. */
const PREFIX = 'ai-assistant-dev';

/** What was applied fits the program: its environment, the names in it, and what its roles may do. */
export const checkFit = async (checks: Checks, state: State, place: Place): Promise<void> => {
  const { check } = checks;
  const given = state.values.outputs['environment']?.value as Record<string, string>;
  await check('the program takes the environment that its tasks are given', async () => {
    assert.equal(readConfig(given).ASSISTANT_HOME, 'aws');
  });
  await check('what the program is told of is there, under the same name', async () => {
    assert.deepEqual(absentIn(state, given), []);
  });
  await checkRoles(checks, rolePoliciesIn(state), {
    ...place,
    prefix: PREFIX,
    bucket: String(state.values.outputs['bucket']?.value),
    poolArn: String(resourcesOf(state, 'aws_cognito_user_pool')[0]?.['arn']),
    collectionArn: String(resourcesOf(state, 'aws_opensearchserverless_collection')[0]?.['arn']),
  });
};

/** Names in the program's environment that nothing has which was made. */
const absentIn = (state: State, given: Readonly<Record<string, string>>): string[] => {
  const { QUEUE_PREFIX: prefix = '' } = given;
  const wanted = {
    aws_s3_bucket: { bucket: [given['DOCUMENTS_BUCKET']] },
    aws_dynamodb_table: { name: Object.keys(given).flatMap((name) => (name.endsWith('_TABLE') ? [given[name]] : [])) },
    aws_sqs_queue: { name: STAGE_NAMES.flatMap((stage) => [queueName(prefix, stage), deadLetterName(prefix, stage)]) },
    aws_opensearchserverless_collection: { collection_endpoint: [given['OPENSEARCH_URL']] },
    aws_cognito_user_pool: { id: [given['COGNITO_USER_POOL_ID']] },
    aws_cognito_user_pool_client: { id: [given['COGNITO_CLIENT_ID']] },
  };
  return Object.entries(wanted).flatMap(([type, attributes]) =>
    Object.entries(attributes).flatMap(([attribute, names]) => {
      const there = new Set(resourcesOf(state, type).map((values) => values[attribute]));
      return names.filter((name) => !there.has(name)).map((name) => `${type} ${name}`);
    }),
  );
};

const checkRoles = async ({ check }: Checks, policies: RolePolicies, found: Applied): Promise<void> => {
  const { prefix, account } = found;
  for (const [service, { must, mustNot }] of Object.entries(dutiesOf(found))) {
    const wrongly = async (cases: typeof must, wanted: boolean): Promise<string[]> => {
      const wrong: string[] = [];
      for (const each of cases) {
        const asked = askedOf(`${prefix}-${service}`, each);
        if ((await isAllowed(policies, account, asked)) !== wanted) wrong.push(`${asked.action} on ${asked.resource}`);
      }
      return wrong;
    };
    await check(`${service} may do what it must (${must.length})`, async () => {
      assert.deepEqual(await wrongly(must, true), []);
    });
    await check(`${service} may not do what it must not (${mustNot.length})`, async () => {
      assert.deepEqual(await wrongly(mustNot, false), []);
    });
  }
};
