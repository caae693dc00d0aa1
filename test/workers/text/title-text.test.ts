import { expect, test } from 'vitest'
import { literalTitle, titleText } from '../../../workers/text/title-text.ts'

test.each([
  ['AWS WAF now blocks <script> injection by default', 'AWS WAF now blocks <script> injection by default'],
  ['Using &lt;iframe&gt; safely', 'Using <iframe> safely'],
  ['Vec<T> and Option<Vec<T>> in Rust', 'Vec<T> and Option<Vec<T>> in Rust'],
  ['Why <b> is not <strong>', 'Why <b> is not <strong>'],
  ['The <video> element, <source src> and <template>', 'The <video> element, <source src> and <template>'],
  ['Dictionary<string, List<int>> is slow', 'Dictionary<string, List<int>> is slow'],
  ['Lock down <iframe src="https://x.test">', 'Lock down <iframe src="https://x.test">'],
  ['a < b && c > d, i <3 clouds', 'a < b && c > d, i <3 clouds'],
  ['AT&amp;T buys R&D &#8211; again', 'AT&T buys R&D – again'],
  ['&lt;Suspense&gt; in React, &amp;lt; in HTML', '<Suspense> in React, &lt; in HTML'],
  ['<b>New</b>: a <em class="x">bold</em> region', 'New: a bold region'],
  ['<p>One</p><p>Two</p>', 'One Two'],
  ['One<br/>two<wbr>three <img src="a.png">', 'One twothree'],
  ['<a href="https://x.test/">A link</a> that never <span class="a">ends', 'A link that never ends'],
  ['<![CDATA[Escaped <i>once</i> too often]]>', 'Escaped once too often'],
  ['News<!-- 12 --> of today', 'News of today'],
  ['New da\u00ADta cen&shy;ter, no zero\u200Bwidth', 'New data center, no zerowidth'],
  ['<script>alert(1)</script>Hello', 'Hello'],
  ['  Two\n lines ', 'Two lines'],
])('%s is %s', (title, text) => expect(titleText(title)).toBe(text))

test('a plain title keeps every character that can be seen', () => {
  expect(literalTitle('Use <i>of</i> &lt;T&gt; &amp; Vec<T>')).toBe('Use <i>of</i> &lt;T&gt; &amp; Vec<T>')
  expect(literalTitle('da\u00ADta\u202E <script>x</script>\n')).toBe('data')
})
