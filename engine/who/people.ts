/** People as the engine sees them: who holds which post and reports to whom, as of one version. */

export interface Person {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  /** Whom this person reports to. */
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  readonly lang: 'zh' | 'en';
  readonly active: boolean;
}

export interface People {
  /** Grows with every change of anybody; journal entries name it. */
  readonly version: number;
  readonly by_id: Readonly<Record<string, Person>>;
}
