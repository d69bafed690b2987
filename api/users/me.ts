import { z } from 'zod';
import { codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { jsonBody } from '../http/body.ts';
import { json, nothing } from '../http/reply.ts';
import { accountMessage } from '../messages.ts';
import { route } from '../route.ts';
import { PersonName, Preferences, User } from './schemas.ts';

export const readMe = ({ users }: Pick<Ports, 'users'>) =>
  route({
    summary: 'Read your profile',
    access: 'user',
    reply: json(User),
    handle: ({ caller }) => users.get(caller.userId),
  });

const Change = z
  .strictObject({
    firstName: PersonName,
    lastName: PersonName,
    preferences: z.strictObject(Preferences.shape).partial(),
  })
  .partial();

/** JSON has no `undefined`, and a store takes one for "remove". */
const present = <T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  JSON.parse(JSON.stringify(fields));

export const changeMe = ({ users }: Pick<Ports, 'users'>) =>
  route({
    summary: 'Change your profile or your preferences',
    access: 'user',
    body: jsonBody(Change),
    reply: json(User),
    problems: ['storage_full'],
    async handle({ body: { preferences, ...names }, caller }) {
      const named = await users.change(caller.userId, present(names));
      if (preferences === undefined) return named;
      // Merged with what the write has found: what a read tells may be minutes old.
      return users.change(caller.userId, { preferences: { ...named.preferences, ...present(preferences) } });
    },
  });

export const deleteMe = ({ users, queue }: Pick<Ports, 'users' | 'queue'>) =>
  route({
    summary: 'Delete your account and all your documents',
    access: 'user',
    reply: nothing(202, 'Your tokens are no longer taken; the documents go in a while'),
    problems: ['storage_full'],
    async handle({ caller: { userId } }) {
      await queue.send([accountMessage(userId)]);
      await users.change(userId, { isActive: false }).catch((error: unknown) => {
        if (codeOf(error) !== 'not_found') throw error; // the job was quicker
      });
    },
  });
