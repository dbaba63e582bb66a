"""What is wrong with the layout of a page, by the boxes the browser measured: never by pixels' colours.

Streamlit's own overlays (tooltips, menus) are not looked at; what it hides for screen readers only is no box.
"""

from __future__ import annotations

from playwright.sync_api import Page

MEASURED = """() => {
    const faults = [];
    const main = document.querySelector('[data-testid="stMain"]');
    const quoted = text => `“${(text || '').trim().slice(0, 60)}”`;
    const say = (what, ...of) => faults.push(`${what}: ${of.map(quoted).join(', ')}`);
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const seen = element => {
        const {width, height} = element.getBoundingClientRect();
        return width > 1 && height > 1 && shown(element);
    };
    const outside = (box, frame) =>
        box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    const name = element => element.closest('[class*="st-key-"]')?.className.match(/st-key-(\\S+)/)?.[1] || '';

    const tilted = text => /rotate\\((?!0[,)])/.test(text.closest('[transform*="rotate("]')?.getAttribute('transform') || '');

    // No scroll bar sideways.
    for (const [what, element] of [['the page', document.documentElement], ['the page', main]])
        if (element && element.scrollWidth > element.clientWidth + 1)
            say(`a scroll bar sideways under ${what}, ${element.scrollWidth} of ${element.clientWidth} px`, '');

    // Words of a picture: inside it, and none over another.
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
        const frame = plot.getBoundingClientRect();
        const words = [...plot.querySelectorAll('.main-svg text')].filter(text => text.textContent.trim() && seen(text))
            .map(text => ({text: text.textContent, box: text.getBoundingClientRect(), tilted: tilted(text)}));
        for (const {text, box} of words)
            if (outside(box, frame))
                say(`cut by the edge of the picture ${name(plot)}`, text);
        words.forEach((one, at) => words.slice(at + 1).forEach(other => {
            if (one.tilted || other.tilted) return;  // their boxes stand upright and are wider than they
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            if (across > 2 && down > 4) say(`words over words in the picture ${name(plot)}`, one.text, other.text);
        }));
    }

    // Words of the page that are longer than the room they have, and cut there.
    const read = 'button, label, p, h1, h2, h3, li, td, th, summary, [role="tab"], [role="radio"], a';
    for (const element of main.querySelectorAll(read)) {
        if (!seen(element) || !element.textContent.trim()) continue;
        if (element.closest('.js-plotly-plot, [data-testid="stDataFrame"]')) continue;
        const style = getComputedStyle(element);
        const cut = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
        if (cut && element.scrollWidth > element.clientWidth + 1) say('cut', element.textContent);
        const box = element.getBoundingClientRect();
        let around = element.parentElement, rolls = false;
        for (; around && around !== main; around = around.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(around).overflowX)) rolls = true;
        const edge = main.getBoundingClientRect();
        if (!rolls && (box.left < edge.left - 1 || box.right > edge.right + 1))
            say('over the edge of the page', element.textContent);
    }

    // What stands one below the other does not overlap.
    for (const block of main.querySelectorAll('[data-testid="stVerticalBlock"]')) {
        const boxes = [...block.children].filter(seen).map(child => [child, child.getBoundingClientRect()])
            .sort(([, one], [, other]) => one.top - other.top);
        boxes.slice(1).forEach(([child, box], at) => {
            const [above, before] = boxes[at];
            const across = Math.min(before.right, box.right) - Math.max(before.left, box.left);
            if (before.bottom - box.top > 2 && across > 2) say('one over the other', above.innerText, child.innerText);
        });
    }
    return faults;
}"""


def faults(page: Page) -> list[str]:
    """Each fault in words, with the first words of what is affected; none where all is well."""
    found: list[str] = page.evaluate(MEASURED)
    return found
