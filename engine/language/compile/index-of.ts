/** Sorts the files that were read by kind and id; the first of two with the same name counts. */

import type { Report } from '../diagnostics/report.ts';
import { watchesPeople } from '../kinds/diagnosis.ts';
import { fileNameOf, type KindName } from '../kinds/kinds.ts';
import type { FileRead } from '../read-file.ts';
import type { Declared, Index } from './index.ts';

/** @param unread paths of files that could not be read */
export function indexOf(files: readonly FileRead[], unread: readonly string[], report: Report): Index {
  const firsts = new Map<string, FileRead>();
  // A file whose name fits comes before a copy of it.
  const named = [...files].sort((a, b) => Number(hasItsName(b)) - Number(hasItsName(a)));
  for (const file of named) {
    const name = `${file.kind} ${file.id}`;
    const first = firsts.get(name);
    if (first) {
      const message = { zh: '第一次声明在这里', en: 'first declared here' };
      const related = [{ place: first.place, message }];
      report('duplicate-playbook', file.place, { kind: file.kind, id: file.id }, { related });
    } else {
      firsts.set(name, file);
      const wanted = fileNameOf(file.kind, file.id);
      if (file.source && !hasItsName(file)) report('file-name', file.place, { wanted });
    }
  }
  const of = <K extends KindName>(kind: K) => {
    const found = [...firsts.values()].filter((file): file is Extract<FileRead, { kind: K }> => file.kind === kind);
    return new Map(found.map((file) => [file.id, file]));
  };
  const diagnoses = [...of('diagnosis')];
  const watchingPeople = diagnoses.filter(([, { source }]) => source !== undefined && watchesPeople(source));
  return {
    pipeline: of('pipeline'),
    gate: of('gate'),
    ladder: of('ladder'),
    approval: of('approval'),
    decision: of('decision'),
    diagnosis: new Map(diagnoses.filter((one) => !watchingPeople.includes(one))),
    rep_diagnosis: new Map(watchingPeople),
    coaching: of('coaching'),
    rhythm: of('rhythm'),
    scorecard: of('scorecard'),
    calendar: of('calendar'),
    roles: of('roles'),
    mapping: of('mapping'),
    knowledge: of('knowledge'),
    territory: of('territory'),
    scenarios: of('scenarios'),
    unread: new Set(unread.map(idFromPath)),
  };
}

function hasItsName({ kind, id, file }: FileRead): boolean {
  return `/${file}`.endsWith(`/${fileNameOf(kind, id)}`);
}

function idFromPath(path: string): string {
  return path.replace(/^.*\//, '').replace(/(\.scenarios)?\.ya?ml$/, '');
}

/** The contents of all files of a kind that could be read. */
export function sourcesOf<S>(declared: ReadonlyMap<string, Declared<S>>): readonly S[] {
  return [...declared.values()].map(({ source }) => source).filter((source) => source !== undefined);
}
