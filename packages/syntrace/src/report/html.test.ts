import { describe, expect, it } from 'vitest';
import { escapeText, html, trusted } from './html.js';

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    const path = `"><script>alert('1')</script>&\``;
    expect(html`<p title="${path}">${path}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#96;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#96;</p>',
    );
  });

  it('nests markup without escaping it twice, joins lists, leaves nothing for what is absent', () => {
    expect(html`<ul>${['<', 2].map(item => html`<li>${item}</li>`)}</ul>${null}${undefined}${false}${0}`.markup).toBe('<ul><li>&lt;</li><li>2</li></ul>0');
    expect(html`${trusted('<b>')}`.markup).toBe('<b>');
  });

  it('does not take an object of the same shape for markup', () => {
    const forged = { markup: '<script>' } as unknown as string;
    expect(() => html`${forged}`).toThrow();
  });

  it('keeps backslashes of values, and no control characters', () => {
    expect(html`\n${'C:\\new'}`.markup).toBe('\nC:\\new');
    expect(escapeText('a\u0000b\u001b[31mc\u0085d\te\nf')).toBe('a\ufffdb\ufffd[31mc\ufffdd\te\nf');
  });
});
