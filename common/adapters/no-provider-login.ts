import { AppError } from '../domain/errors.ts';
import type { ProviderLogin } from '../ports/provider-login.ts';

/** A home, or a set-up, without logins by other companies. @param reason a sentence for who asks nevertheless */
export const noProviderLogin = (reason: string): ProviderLogin => {
  const refuse = async (): Promise<never> => {
    throw new AppError('not_found', reason);
  };
  return { begin: refuse, finish: refuse };
};
