/** System fonts, one accent, and verdicts by word first and by colour second. For screens, light and dark, and A4. */
export const STYLE = `
:root{color-scheme:light dark;
--page:#fff;--ink:#1c2127;--dim:#545d68;--line:#d3d8de;--soft:#f4f6f8;--accent:#1d4f91;
--fail:#b0201a;--fail-soft:#fdf0ef;--unproven:#7d5200;--unproven-soft:#fdf6e3;--excepted:#5c3c99;--excepted-soft:#f5f1fb;--pass:#1a6334;--none:#545d68;
--text:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;
--code:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--page:#14181d;--ink:#e3e7ec;--dim:#a2abb6;--line:#383f48;--soft:#1c2229;--accent:#8db8ee;
--fail:#ff8a80;--fail-soft:#2b1a1b;--unproven:#e3b24c;--unproven-soft:#28221a;--excepted:#c3aaf2;--excepted-soft:#231f2e;--pass:#79c78f;--none:#a2abb6}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 var(--text)}
[hidden]{display:none!important}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance}
h1{font-size:2rem;font-weight:600;margin:0 0 .5rem}
h2{font-size:1.4rem;font-weight:600;margin:0 0 1rem;padding-bottom:.35rem;border-bottom:2px solid var(--accent)}
h3{font-size:1.05rem;font-weight:600;margin:0 0 .5rem}
h4{font-size:1rem;font-weight:600;margin:0 0 .25rem;overflow-wrap:anywhere}
p{margin:0 0 .75rem;max-width:70ch;overflow-wrap:anywhere}
ul,ol{margin:0 0 .75rem;padding-left:1.25rem}
code{font:.875em/1.4 var(--code);overflow-wrap:anywhere}
.skip{position:absolute;left:-9999px}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem;z-index:1}
.frame{max-width:82rem;margin:0 auto;padding:2rem 1.25rem 4rem;display:grid;grid-template:"head" "side" "main"/minmax(0,1fr);gap:1.5rem 3.5rem}
.document{grid-area:head}
aside{grid-area:side}
main{grid-area:main}
main>section{margin:0 0 3rem}
aside h2{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);border:0;margin:0 0 .5rem;padding:0}
aside nav ol{list-style:none;padding:0;margin:0 0 1.5rem;columns:2;column-gap:1rem}
aside nav li{break-inside:avoid}
aside nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
aside nav .tally{font-size:.75rem;margin:0 0 0 .25em}
aside nav a:hover{text-decoration:underline}
@media (min-width:70rem){
.frame{grid-template:"side head" auto "side main" 1fr/14rem minmax(0,1fr)}
aside{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;margin-top:-2rem;padding:2rem .25rem 1rem}
aside nav ol{columns:1}}
form{font-size:.875rem}
form details{margin:0}
form summary{font-size:.8rem;font-weight:600;text-transform:uppercase;letter-spacing:.06em;color:var(--dim)}
form label{display:block;margin:.5rem 0 .15rem;color:var(--dim)}
form fieldset{border:0;margin:.5rem 0 0;padding:0}
form legend{padding:0;color:var(--dim)}
form fieldset label{display:inline-block;margin:.1rem .75rem .1rem 0;color:var(--ink)}
input[type=search],select,button{font:inherit;color:inherit;background:var(--page);border:1px solid var(--dim);border-radius:3px;padding:.35rem .5rem;width:100%}
input[type=checkbox]{accent-color:var(--accent)}
button{margin-top:.75rem;cursor:pointer}
#shown{margin:.5rem 0 0;color:var(--dim)}
.document .kind{font-size:.8rem;text-transform:uppercase;letter-spacing:.08em;color:var(--accent);font-weight:600;margin:0 0 .25rem}
.lead{font-size:1.05rem;color:var(--dim)}
.conclusion{font-size:1.1rem;max-width:none;padding:.8rem 1rem;border:1px solid var(--line);border-left:5px solid var(--none);background:var(--soft);margin:1.25rem 0}
.conclusion strong{font-weight:600}
.conclusion .exit{color:var(--dim);font-size:.875rem;white-space:nowrap}
.conclusion.fail,.conclusion.refused,.conclusion.incomplete{border-left-color:var(--fail)}
.conclusion.unproven{border-left-color:var(--unproven)}
.conclusion.pass{border-left-color:var(--pass)}
.verdict{display:inline-block;font:600 .75rem/1.5 var(--text);text-transform:uppercase;letter-spacing:.04em;border:1px solid currentColor;border-radius:3px;padding:0 .4em;white-space:nowrap;color:var(--none);vertical-align:.1em}
.verdict.fail,.verdict.refused,.verdict.incomplete{color:var(--page);background:var(--fail);border-color:var(--fail)}
.verdict.unproven{color:var(--unproven)}
.verdict.excepted{color:var(--excepted);border-style:dashed}
.verdict.pass{color:var(--pass)}
.verdict.not-applicable,.verdict.planned,.verdict.by-command,.verdict.not-asked-for,.verdict.not-judged{border-style:dotted}
.verdict.in-part{border-style:dashed}
.tally{white-space:nowrap;margin-right:.5em}
.tally.fail{color:var(--fail);font-weight:700}
.tally.unproven{color:var(--unproven);font-weight:600}
.tally.excepted{color:var(--excepted)}
.tally.pass{color:var(--pass)}
.tally.planned,.tally.by-command,.tally.not-applicable,.tally.not-asked-for,.none{color:var(--none)}
.counts{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin-bottom:1.5rem}
.counts li{border-top:1px solid var(--line);padding-top:.5rem}
.counts .count{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
.counts .meaning{display:block;color:var(--dim);font-size:.8125rem;line-height:1.4;margin-top:.25rem}
.facts{margin:0 0 .75rem;display:grid;gap:.2rem 0}
.facts>div{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.75rem}
.facts dt{color:var(--dim);font-size:.875rem}
.facts dd{margin:0;overflow-wrap:anywhere}
.facts ul{list-style:none;padding:0;margin:0}
.digest{font-size:.75rem;word-break:break-all}
table .digest{font-size:.7rem}
.id{font-family:var(--code);font-size:.9375em;white-space:nowrap}
.table{overflow-x:auto;margin:0 0 1.5rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 .4rem;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--dim);font-weight:500;border-bottom:1px solid var(--dim)}
tbody th{font-weight:500;min-width:8.5rem}
tbody th.id,tbody th:has(.id){min-width:0}
.number{text-align:right;font-variant-numeric:tabular-nums}
.short,time{white-space:nowrap}
th.number{text-align:right}
td .table,dd details{margin:0}
dd summary{padding:0}
.control{margin:0 0 2rem;padding-top:1rem;border-top:1px solid var(--line)}
.family>h2+.control{border-top:0;padding-top:0}
.control>h3 .verdict{margin-left:.35em}
.control>h3 .id{color:var(--dim);margin-right:.35em}
.finding{border:1px solid var(--line);border-left:4px solid var(--none);padding:.75rem 1rem;margin:0 0 1rem;content-visibility:auto;contain-intrinsic-size:auto 16rem}
.finding.fail{border-left-color:var(--fail);background:var(--fail-soft)}
.finding.unproven{border-left-color:var(--unproven);background:var(--unproven-soft)}
.finding.excepted{border-left-color:var(--excepted);background:var(--excepted-soft)}
.finding:target,.control:target>h3,tr:target{outline:2px solid var(--accent);outline-offset:2px}
.finding h4 a{color:inherit;text-decoration-color:var(--line)}
.finding .stack{font-weight:400;color:var(--dim)}
.finding .message{font-size:1.0625rem;margin-bottom:.5rem;overflow-wrap:anywhere}
.finding .facts{font-size:.875rem}
.finding>.facts:last-child{margin-bottom:0}
.place{color:var(--dim)}
.trace{border-top:1px solid var(--line);padding-top:.6rem;margin-top:.25rem;font-size:.875rem}
.trace p{margin:0 0 .4rem;max-width:none}
.way{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.35rem 0;margin:0 0 .75rem}
.way li{display:flex;align-items:center;max-width:100%}
.way li code{border:1px solid var(--dim);border-radius:3px;padding:.1rem .4rem;background:var(--page)}
.way li:not(:last-child)::after{content:"\\2192";content:"\\2192"/"then";padding:0 .35rem;color:var(--dim)}
.way li:last-child code{border:2px solid var(--fail)}
.hops{list-style:none;counter-reset:hop;padding:0;margin:0 0 .5rem}
.hops li{counter-increment:hop;position:relative;padding:0 0 .45rem 2.4rem;overflow-wrap:anywhere}
.hops li::before{content:counter(hop);position:absolute;left:0;top:.05rem;width:1.6rem;height:1.35rem;line-height:1.3rem;text-align:center;font-size:.75rem;border:1px solid var(--dim);border-radius:.7rem;background:var(--page)}
.hops li:not(:last-child)::after{content:"";position:absolute;left:.8rem;top:1.5rem;bottom:0;border-left:1px solid var(--dim)}
.closed{font-weight:600}
details{margin:0 0 1rem}
summary{cursor:pointer;color:var(--accent);padding:.2rem 0}
details.passes{content-visibility:auto;contain-intrinsic-size:auto 2rem}
details.passes .table{margin:.5rem 0 0}
figure{margin:0 0 2rem}
figcaption{font-weight:600;margin-bottom:.25rem}
.zoom{font-size:.875rem;color:var(--dim)}
.picture{border:1px solid var(--line);overflow:auto;max-height:90vh;margin:.35rem 0 .5rem}
.picture img{display:block;max-width:100%;height:auto;margin:0 auto}
.zoom:has(:checked)+.picture img{max-width:none;margin:0}
.ways{font-size:.875rem;padding-left:1.25rem}
.absent,.reasons{color:var(--dim)}
.problems{padding-left:1.25rem}
#filtered{border:1px solid var(--unproven);border-left-width:5px;padding:.6rem 1rem;max-width:none}
.review{display:none}
.end{color:var(--dim);font-size:.875rem;border-top:1px solid var(--line);padding-top:.5rem;max-width:none}
@media (max-width:40rem){
body{font-size:14px}
h1{font-size:1.6rem}
.frame{padding:1.25rem .9rem 3rem}
.facts>div{grid-template-columns:minmax(0,1fr);gap:0}
.facts{gap:.4rem 0}
.finding{padding:.6rem .7rem}
.finding .message{font-size:1rem}
.counts{grid-template-columns:1fr;gap:.4rem}
.counts .count{display:inline-block;font-size:1.25rem;min-width:3.2em}
.counts .meaning{margin:0}}
@page{size:A4;margin:18mm 16mm 20mm;
@top-left{content:"Compliance report";font:8pt sans-serif;color:#555}
@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#555}}
@page :first{@top-left{content:""}}
@page wide{size:A4 landscape;margin:14mm}
@media print{
:root{color-scheme:light;--page:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#f6f6f6;--accent:#1d4f91;--fail:#b0201a;--fail-soft:#fff;--unproven:#7d5200;--unproven-soft:#fff;--excepted:#5c3c99;--excepted-soft:#fff;--pass:#1a6334;--none:#444}
body{font-size:9.5pt;line-height:1.4}
table,.facts,.finding .facts,.facts dt,.trace,.ways,.counts .meaning{font-size:8.5pt}
.finding .message{font-size:10pt}
caption{font-size:9.5pt}
.frame{display:block;padding:0;max-width:none}
.skip,form,.zoom{display:none!important}
aside nav ol{columns:2}
aside nav a{padding:.1rem 0;color:inherit}
figure details{display:none}
summary{list-style:none;color:inherit}
main{display:block}
h1{font-size:22pt}
h2{font-size:15pt;break-after:avoid}
h3,h4,caption,summary{break-after:avoid;break-inside:avoid}
.control:not(:has(.finding)){break-inside:avoid}
details.passes{break-before:avoid}
main>section{margin-bottom:8mm}
.counts{grid-template-columns:repeat(5,1fr)}
#summary,#enclave,#network,#data,#exceptions,#completeness,#standards,#inputs,#method,section.family:has(.control){break-before:page}
.wide{page:wide}
.tall{break-inside:avoid}
.tall figure,.wide figure{margin:0}
thead{display:table-header-group;break-after:avoid}
tbody tr:first-child{break-before:avoid}
tr,.counts li,.facts>div,.hops li,.exception,.conclusion,.control>.facts,.finding>.facts,.finding{break-inside:avoid}
.control>.facts,.finding>.facts{break-before:avoid}
.finding:has(.trace){break-inside:auto}
.table{overflow:visible}
.finding,details.passes{content-visibility:visible;contain-intrinsic-size:none}
.finding h4,.finding .message{break-after:avoid}
.picture{overflow:visible;max-height:none;border:0}
.picture img,.zoom:has(:checked)+.picture img{max-width:100%;max-height:222mm;width:auto;margin:0 auto}
.wide .picture img,.wide .zoom:has(:checked)+.picture img{max-height:138mm}
figure{break-inside:avoid}
details.printed::details-content{display:block;content-visibility:visible}
.review{display:grid;grid-template-columns:2fr 1fr 2fr;gap:8mm;margin-top:16mm;break-inside:avoid}
.review p{border-top:1px solid #000;padding-top:1mm;margin:0}
a{color:inherit;text-decoration:none}}
`;
