import { describe, expect, it } from 'vitest';
import { decode, readFixture, readSource } from '../platform/browser.js';
import { refusalOf } from '../shared/helpers.js';

const address = '/fixtures/images/q90-420.jpg';

describe('addresses in a page', () => {
  it('the page’s own origin, when allowed', async () => {
    expect((await decode(address, { allowHttp: true })).width).toBe(67);
    expect((await decode(new URL(address, location.href), { allowHttp: true })).width).toBe(67);
    expect((await refusalOf(decode(address))).code).toBe('IMAGE_HTTP_REFUSED');
  });

  it('blob: and data: need no leave', async () => {
    const blob = new Blob([await readFixture('images/q90-420.jpg')]);
    const url = URL.createObjectURL(blob);
    expect((await decode(url)).width).toBe(67);
    URL.revokeObjectURL(url);
    expect((await refusalOf(decode(url))).code).toBe('IMAGE_UNREADABLE');
    expect((await refusalOf(decode('data:text/plain,hello'))).code).toBe('IMAGE_FORMAT_UNKNOWN');
  });

  it('limits and failures', async () => {
    expect((await refusalOf(readSource(address, { allowHttp: true, maxBytes: 100 }))).code).toBe('IMAGE_TOO_LARGE');
    expect((await refusalOf(readSource('/fixtures/images/none.jpg', { allowHttp: true }))).message).toContain('404');
    expect((await refusalOf(readSource('file:///etc/hostname', { allowHttp: true }))).code).toBe('IMAGE_UNREADABLE');
    expect((await refusalOf(readSource('/fixtures/silent', { allowHttp: true, timeoutMs: 150 }))).code).toBe('IMAGE_TIMEOUT');
    expect((await refusalOf(readSource('/fixtures/silent', { allowHttp: true, signal: AbortSignal.timeout(100) }))).code).toBe('ABORTED');
    expect((await refusalOf(readSource('http://localhost:1/a.jpg', { allowHttp: true }))).code).toBe('IMAGE_HTTP_REFUSED');
  });
});
