import type { Passage } from '../domain/search.ts';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A statement's proof: a part of a passage. */
export interface Citation {
  /** As in the answer's [n]; from 1. */
  readonly n: number;
  readonly documentId: string;
  readonly fileName: string;
  readonly pageNumber?: number;
  readonly section?: string;
  readonly startPosition: number;
  readonly endPosition: number;
  readonly snippet: string;
}

export type AnswerEvent =
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'citations'; readonly citations: Citation[] };

export interface Question {
  readonly question: string;
  readonly history: readonly Turn[];
  /** Best first. They are data: nothing in them is obeyed. */
  readonly passages: readonly Passage[];
  readonly signal: AbortSignal;
}

/** Answers from passages alone. May throw `throttled` or `unavailable`. */
export interface Generator {
  /** The answer in pieces, then its citations, once; none when nothing relevant was found, and the answer says so. */
  answer(question: Question): AsyncIterable<AnswerEvent>;
}
