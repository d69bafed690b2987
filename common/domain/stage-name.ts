export const STAGE_NAMES = ['extract', 'embed', 'index'] as const;
export type StageName = (typeof STAGE_NAMES)[number];
