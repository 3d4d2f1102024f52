/** What the inspector says of one thing. */
export interface Inspection {
  readonly title: string;
  readonly what: string;
  /** Names in Kafka's words. */
  readonly fields: readonly (readonly [string, string])[];
  readonly why: { readonly question: string; readonly answer: string } | null;
}
