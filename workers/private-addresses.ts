/** Keeps outgoing calls away from addresses that are not on the public internet. */

import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** IANA special-purpose registries: loopback, private, shared, link-local, benchmarking, documentation, multicast, reserved. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only 2000::/3 is public; of it these are not, or lead back to IPv4. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const blocked = new BlockList();
for (const range of SPECIAL_V4) addRange(range, 'ipv4');
for (const range of SPECIAL_V6) addRange(range, 'ipv6');
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');

function addRange(range: string, family: 'ipv4' | 'ipv6'): void {
  const [network = '', bits] = range.split('/');
  blocked.addSubnet(network, Number(bits), family);
}

/** True for an address a webhook must not reach unless it is meant to. Anything that is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return blocked.check(address, 'ipv4');
    case 6:
      return !publicV6.check(address, 'ipv6') || blocked.check(address, 'ipv6');
    default:
      return true;
  }
}

/** A name lookup that fails where the name leads to a private address: judged at the moment of connecting, on what is connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    const [first] = addresses;
    if (bad !== undefined || first === undefined)
      return callback(new Error(`\`${hostname}\` leads to a private address`), '');
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};
