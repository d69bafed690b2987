import { codeOf } from '../../../common/domain/errors.ts';
import { command } from '../command.ts';
import { requireOwnLogin } from '../config.ts';
import { EXIT } from '../exit.ts';

export const logout = command({
  summary: 'End the login on this machine',
  operands: '',
  count: [0, 0],
  options: {},
  about: ['The tokens are removed from this machine even when the server cannot be told.'],
  examples: [['logout', '']],
  async run(_values, _operands, { client, config, out }) {
    requireOwnLogin(config);
    try {
      const wasIn = await client.logout();
      out.note(wasIn ? `Logged out of ${client.url}.` : `Nobody was logged in to ${client.url}.`);
      out.value({ server: client.url, loggedOut: wasIn });
    } catch (error) {
      if (codeOf(error) !== 'unavailable') throw error;
      out.note('The login is removed from this machine. The server could not be told: its session ends by itself.');
      out.value({ server: client.url, loggedOut: true });
    }
    return EXIT.done;
  },
});
