/** The settings about files: what they mean, and what is refused by name. */

import { expect, test } from 'vitest';
import { fileLimits, filesPlace } from '../../cli/files-place.ts';

test('files lie in the data folder, in a folder that is named, or in a bucket', () => {
  expect(filesPlace({}, 'data')).toEqual({ kind: 'folder', folder: 'data/files' });
  expect(filesPlace({})).toBeUndefined();
  expect(filesPlace({ PLAYRAIL_FILES: '/srv/files' }, 'data')).toEqual({ kind: 'folder', folder: '/srv/files' });
  const bucket = { PLAYRAIL_FILES: 'https://s3.example.com:9000/deals/playrail', PLAYRAIL_FILES_KEY: 'ID:a:b/c' };
  expect(filesPlace(bucket, 'data')).toEqual({
    kind: 's3',
    endpoint: 'https://s3.example.com:9000',
    bucket: 'deals',
    prefix: 'playrail/',
    region: 'us-east-1',
    keyId: 'ID',
    secret: 'a:b/c',
    incoming: 'data/incoming',
  });
  const region = { ...bucket, PLAYRAIL_FILES_REGION: 'cn-north-1' };
  expect(filesPlace(region)).toMatchObject({ region: 'cn-north-1', incoming: expect.stringContaining('playrail-') });
});

test.each([
  ['PLAYRAIL_FILES', { PLAYRAIL_FILES: 'https://s3.example.com' }],
  ['PLAYRAIL_FILES', { PLAYRAIL_FILES: 'ftp://s3.example.com/bucket' }],
  ['PLAYRAIL_FILES', { PLAYRAIL_FILES: 'https://id:secret@s3.example.com/bucket' }],
  ['PLAYRAIL_FILES_KEY', { PLAYRAIL_FILES: 'https://s3.example.com/bucket' }],
  ['PLAYRAIL_FILES_KEY', { PLAYRAIL_FILES: 'https://s3.example.com/bucket', PLAYRAIL_FILES_KEY: 'id' }],
])('%s is named where it cannot be used: %j', (name, env) => {
  expect(() => filesPlace(env)).toThrow(name);
});

test('sizes and kinds are limited as they say', () => {
  expect(fileLimits({})).toMatchObject({
    maxBytes: 50 * 1024 * 1024,
    endings: expect.arrayContaining(['pdf', 'docx']),
  });
  expect(fileLimits({ PLAYRAIL_FILE_MB: '2', PLAYRAIL_FILE_TYPES: '.PDF, docx' })).toEqual({
    maxBytes: 2 * 1024 * 1024,
    endings: ['pdf', 'docx'],
  });
  expect(() => fileLimits({ PLAYRAIL_FILE_TYPES: 'pdf,exe' })).toThrow('exe');
  expect(() => fileLimits({ PLAYRAIL_FILE_MB: '0' })).toThrow('PLAYRAIL_FILE_MB');
});
