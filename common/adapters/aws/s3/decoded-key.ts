/** A key as S3 lists it with EncodingType url: XML has no way to write some characters. */
export const decodedKey = (listed = ''): string => decodeURIComponent(listed.replaceAll('+', ' '));
