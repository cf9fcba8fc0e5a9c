import { expect, it } from 'vitest';
import { isPrivateAddress } from '../../workers/private-addresses.ts';

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  ['93.184.215.14', false],
  ['::1', true],
  ['::', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:7f00:1', true],
  ['64:ff9b::a00:1', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['ff02::1', true],
  ['2002:a00:1::', true],
  ['2001:db8::1', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', false],
  ['localhost', true],
])('%s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
