import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';

/** Nothing but what `sign` writes. */
const ADDRESS =
  /^\/v1\/uploads\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([1-9]\d{0,4})\?expires=(\d{10})&signature=([\w-]{43})$/;

export interface PartAddress {
  readonly token: string;
  readonly partNumber: number;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** The path and query by which anyone may send one part. */
export const signAddress = (address: PartAddress, key: Uint8Array): string =>
  `${unsigned(address)}&signature=${signatureOf(address, key)}`;

/** Reads an address of `signAddress`. Throws `not_found` for any other, and for one that has expired. @param now ms */
export const readAddress = (address: string, key: Uint8Array, now: number): PartAddress => {
  const [, token = '', partNumber, expires, signature = ''] = ADDRESS.exec(address) ?? [];
  const read = { token, partNumber: Number(partNumber), expires: Number(expires) };
  const isOurs = token !== '' && timingSafeEqual(Buffer.from(signatureOf(read, key)), Buffer.from(signature));
  if (!isOurs || now >= read.expires * 1_000) throw noSuchAddress();
  return read;
};

export const noSuchAddress = (cause?: unknown) =>
  new AppError('not_found', 'Nothing is to be sent here, or no longer. Ask for the upload again.', { cause });

const unsigned = ({ token, partNumber, expires }: PartAddress): string =>
  `/v1/uploads/${token}/${partNumber}?expires=${expires}`;

/** The key signs tokens too, which never begin like this. */
const signatureOf = (address: PartAddress, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update(`PUT ${unsigned(address)}`)
    .digest('base64url');
