import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdSerializers } from 'pino';

const SECRETS = ['authorization', 'cookie', 'password', 'accessToken', 'refreshToken'];

/** One JSON object a line, on stderr. Secrets are blanked where they stand, at the top and one level down. */
export const logger = (level: LevelWithSilent, destination: DestinationStream = pino.destination(2)): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
      serializers: { cause: stdSerializers.errWithCause },
    },
    destination,
  );
