/** `/v1/cases/:id/files`: files of a case, uploaded as they are and given only to those who may see the case. */

import { z } from 'zod';
import { RIGHT_FOR } from '../../engine/case/commands/handlers.ts';
import { mayAct } from '../../engine/who/rights.ts';
import { StoreFault } from '../../store/cause-of.ts';
import { type CaseFile, caseFile, caseFiles, noteCaseFile } from '../../store/files/case-files.ts';
import { FileRefused } from '../../store/files/file-refused.ts';
import { receiveFile } from '../../store/files/receive-file.ts';
import { announcedFile } from '../announced-file.ts';
import { forbidden } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { type Call, route, STREAMED } from '../route.ts';
import { sendFile } from '../send-file.ts';
import { caseFileShape } from '../views/case-file.ts';
import { personRef } from '../views/person-ref.ts';
import { type AskedCase, visibleCase } from '../visible-case.ts';
import { idOf, word } from '../wire/query.ts';
import { list as listOf } from '../wire/shapes.ts';

type Files = NonNullable<ApiDeps['files']>;

function placeOf({ files }: ApiDeps): Files {
  if (files !== undefined) return files;
  // No wait mends it: a fault would be asked again and again.
  throw new ApiProblem('refused', {
    zh: '此进程没有存放文件的地方；请设置 PLAYRAIL_FILES',
    en: 'this process has no place for files; set PLAYRAIL_FILES',
  });
}

function viewOfFile({ people }: AskedCase['caller'], file: CaseFile) {
  const { uploaded_by, ...rest } = file;
  return { ...rest, uploaded_by: personRef(people, uploaded_by) };
}

async function list(deps: ApiDeps, asked: AskedCase) {
  const { state } = await visibleCase(deps, asked);
  const items = (await caseFiles(deps.store, state.case)).map((file) => viewOfFile(asked.caller, file));
  return { status: 200, body: { items } } as const;
}

const params = z.strictObject({ id: idOf('the case') });

const uploadQuery = z.strictObject({
  name: word.meta({ description: 'The name of the file; its end says what kind it is.' }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .exactOptional()
    .meta({
      description: 'Of the bytes, in hexadecimal; others are refused. The header Content-Digest does the same.',
    }),
});

type UploadCall = Call<typeof params, typeof uploadQuery, z.ZodType>;

async function upload(deps: ApiDeps, { params, query, caller, request }: UploadCall) {
  const files = placeOf(deps);
  const { state, world, at } = await visibleCase(deps, { params, caller });
  const { person } = caller.person;
  // Whoever may answer a form may bring the file that it asks for.
  const mayAnswer = [RIGHT_FOR.submit_evidence, RIGHT_FOR.resolve].some(
    (right) => right !== 'system' && mayAct(world.playbook.roles, world.people, person, right, state.owner, at),
  );
  if (!mayAnswer) throw forbidden('submit_evidence');
  if (deps.isDiskFull?.() === true) throw new StoreFault('disk-full', 'no room for another file');
  // What is not read to its end is not torn down: its sender is to hear why.
  const bytes = request.iterator({ destroyOnReturn: false });
  const received = await receiveFile(files.store, bytes, announcedFile(request, query), files.limits).catch(
    (error: unknown) => {
      // The rest of it passes by, so that the connection is good for the next request.
      request.resume();
      throw problemOf(error, request.destroyed && !request.complete);
    },
  );
  const noted = await noteCaseFile(deps.store, state.case, received, person);
  return { status: noted.isNew ? 201 : 200, body: viewOfFile(caller, noted.file) } as const;
}

/** What the sender can mend is said as that; the rest is somebody else's fault. */
function problemOf(error: unknown, isCutOff: boolean): unknown {
  if (error instanceof FileRefused) {
    const { code, text } = error;
    const told = { problems: [{ code, path: PLACES[code] ?? '', message: text }] };
    if (code === 'file-too-large') return new ApiProblem('body-too-large', text, told);
    if (code === 'file-type-not-taken') return new ApiProblem('unsupported-media-type', text, told);
    return new ApiProblem('unfitting', text, told);
  }
  if (!isCutOff) return error;
  return new ApiProblem('invalid-request', { zh: '文件没有完整到达', en: 'the file did not arrive whole' });
}

const PLACES: Readonly<Partial<Record<FileRefused['code'], string>>> = {
  'file-name-unfit': '/query/name',
  'file-type-not-taken': '/query/name',
  'file-not-as-announced': '/headers/content-type',
  'file-digest-differs': '/query/sha256',
};

const fileParams = z.strictObject({ id: idOf('the case'), sha256: idOf('the file: the SHA-256 of its bytes') });

type DownloadCall = Call<typeof fileParams, z.ZodType, z.ZodType>;

async function download(deps: ApiDeps, { params, caller, response }: DownloadCall) {
  const { store } = placeOf(deps);
  const { state } = await visibleCase(deps, { params, caller });
  const file = await caseFile(deps.store.db, state.case, params.sha256.toLowerCase());
  if (file === undefined) {
    const message = { zh: '此案件没有这个文件', en: 'this case has no such file' };
    throw new ApiProblem('not-found', message, { problems: [{ code: 'no-such-file', path: '', message }] });
  }
  await sendFile(store, file, response);
  return STREAMED;
}

export const filesRoutes = [
  route({
    method: 'get',
    path: '/v1/cases/{id}/files',
    name: 'listFiles',
    summary: 'The files of a case, oldest first',
    params,
    answers: { 200: { description: 'All of them.', body: z.strictObject({ items: listOf(caseFileShape) }) } },
    problems: ['forbidden'],
    handle: list,
  }),
  route({
    method: 'post',
    path: '/v1/cases/{id}/files',
    name: 'uploadFile',
    summary: 'Upload a file to a case',
    description:
      'The body is the bytes of the file, under any Content-Type that fits its name. The answer is what a field of type `file` takes; it counts for nothing until a command names it. The same content again is the same file.',
    params,
    query: uploadQuery,
    takesFile: true,
    answers: {
      200: { description: 'The case had this content already; it keeps its name.', body: caseFileShape },
      201: { description: 'It is kept.', body: caseFileShape },
    },
    problems: ['forbidden', 'refused'],
    handle: upload,
  }),
  route({
    method: 'get',
    path: '/v1/cases/{id}/files/{sha256}',
    name: 'downloadFile',
    summary: 'The bytes of a file of a case',
    params: fileParams,
    answers: {
      200: {
        description: 'Its bytes, proven against the hash; the connection breaks off where they are others.',
        bytes: true,
        headers: { 'Content-Disposition': 'Always `attachment`, with the name.', 'Content-Digest': 'RFC 9530.' },
      },
    },
    problems: ['forbidden', 'refused'],
    handle: download,
  }),
];
