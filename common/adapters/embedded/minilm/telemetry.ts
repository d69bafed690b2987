/**
 * ONNX Runtime, as it is published, reports its use to its maker and keeps an identifier in the user's cache folder.
 * This refuses both; it must run in the main thread, whose environment is the real one, before the library is loaded.
 */
export const refuseTelemetry = (): void => {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
};
