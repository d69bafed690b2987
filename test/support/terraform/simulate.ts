import { runSimulation } from '@cloud-copilot/iam-simulate';
import { resourcesOf, type State } from './state.ts';

/** A role's own policies, by the role's name. */
export type RolePolicies = Readonly<Record<string, readonly object[]>>;

export interface Asked {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export const rolePoliciesIn = (state: State): RolePolicies => {
  const policies: Record<string, object[]> = {};
  for (const { role, policy } of resourcesOf(state, 'aws_iam_role_policy')) {
    policies[String(role)] = [...(policies[String(role)] ?? []), JSON.parse(String(policy)) as object];
  }
  return policies;
};

/** Whether IAM would allow it by the role's policies alone. Throws for a request that IAM does not know. */
export const isAllowed = async (
  policies: RolePolicies,
  account: string,
  { role, action, resource, context = {} }: Asked,
): Promise<boolean> => {
  const own = policies[role];
  if (own === undefined) throw new Error(`There is no role ${role} with a policy.`);
  const ran = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/${role}`,
        action,
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
      identityPolicies: own.map((policy, index) => ({ name: `${role}-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (ran.resultType === 'error') throw new Error(`${action} on ${resource}: ${ran.errors.message}`);
  return ran.overallResult === 'Allowed';
};
