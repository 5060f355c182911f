import { expect, it } from 'vitest';
import { isPrivateAddress } from '../node/private-address.js';
import { isPrivateHost } from './private-host.js';

const host = (text: string) => new URL(`http://${text}/`).hostname;

it('agrees with Node’s block list on literal addresses, however they are written', () => {
  const v4 = [
    '127.1',
    '0x7f.1',
    '2130706433',
    '10.0.0.1',
    '172.16.0.1',
    '172.32.0.1',
    '192.168.0.9',
    '192.0.0.5',
    '193.0.0.1',
    '100.64.0.1',
    '100.63.0.1',
    '169.254.1.1',
    '198.19.0.1',
    '198.20.0.1',
    '224.1.1.1',
    '8.8.8.8',
  ];
  for (const text of v4) expect(isPrivateHost(host(text)), text).toBe(isPrivateAddress(host(text)));
  const v6 = [
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    'fc00::1',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::7f00:1',
    '2001:0:5ef5::1',
    '2001:4860::8888',
    '2606:4700::1111',
  ];
  for (const text of v6) expect(isPrivateHost(host(`[${text}]`)), text).toBe(isPrivateAddress(host(`[${text}]`).slice(1, -1)));
});

it('knows local names', () => {
  for (const text of ['localhost', 'LOCALHOST.', 'a.localhost', 'printer.local']) expect(isPrivateHost(host(text)), text).toBe(true);
  for (const text of ['example.com', 'fd.example.com', 'localhost.example.com']) expect(isPrivateHost(host(text)), text).toBe(false);
});
