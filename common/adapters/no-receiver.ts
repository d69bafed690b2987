import { AppError } from '../domain/errors.ts';
import type { PartReceiver } from '../ports/uploads.ts';

/** Of a home whose storage takes the bytes itself. */
export const noReceiver = (): PartReceiver => ({
  async receive() {
    throw new AppError('not_found', 'Uploads do not come this way: send them to the addresses that were given out.');
  },
});
