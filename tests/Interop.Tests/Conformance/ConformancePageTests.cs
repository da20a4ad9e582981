using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>The HTML page of a conformance statement in a browser.</summary>
[TestClass]
public sealed partial class ConformancePageTests
{
    /// <summary>Measures the statement in a frame of a width, and has axe-core look at it; what comes out is in the page that is dumped.</summary>
    private const string Harness = """
        <!DOCTYPE html><html><head></head><body><iframe id="frame" src="statement.html" style="border:0;height:3000px;width:WIDTHpx"></iframe><script>
        onload = async () => {
          const frame = document.getElementById('frame'), page = frame.contentDocument, view = frame.contentWindow;
          const links = [...page.querySelectorAll('nav a')].map(a => a.getAttribute('href'));
          const script = page.createElement('script'); script.src = 'axe.js';
          const loaded = new Promise(resolve => script.onload = resolve); page.head.appendChild(script); await loaded;
          const found = await view.axe.run(page);
          const result = {
            width: page.documentElement.scrollWidth, links: links.length, dead: links.filter(l => !page.getElementById(l.slice(1)) || !/^H[1-6]$/.test(page.getElementById(l.slice(1)).tagName)),
            tables: page.querySelectorAll('table').length, bare: [...page.querySelectorAll('table')].filter(t => !t.querySelector('thead th[scope=col]')).length, scripts: page.querySelectorAll('body script').length,
            violations: found.violations.map(v => v.impact + ' ' + v.id + ' ' + v.nodes[0].html), passes: found.passes.length };
          const out = document.createElement('pre'); out.id = 'result'; out.textContent = JSON.stringify(result); document.body.appendChild(out);
        };
        </script></body></html>
        """;

    [TestMethod]
    [DataRow("truth", 320)]
    [DataRow("truth", 1280)]
    [DataRow("archive", 320)]
    [DataRow("archive", 1280)]
    [DataRow("worklist", 320)]
    [DataRow("worklist", 1280)]
    public async Task ThePageFits_ItsLinksLead_AndAxeFindsNothing(string page, int width)
    {
        var axe = typeof(ConformancePageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Axe").Value!;
        Requirements.Package(axe, "axe-core");
        using var folder = new PageFolder();
        await folder.WriteAsync(page);
        File.Copy(Path.Combine(axe, "node_modules", "axe-core", "axe.min.js"), folder.At("axe.js"));
        await File.WriteAllTextAsync(folder.At("harness.html"), Harness.Replace("WIDTH", width.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var output = await folder.ChromiumAsync("</body></html>", "--allow-file-access-from-files", "--virtual-time-budget=30000", "--window-size=1400,3200", "--dump-dom", folder.Url("harness.html"));

        var match = Result().Match(output);
        Assert.IsTrue(match.Success, output[..Math.Min(output.Length, 2000)]);
        using var result = JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(match.Groups[1].Value));
        var found = result.RootElement;
        Assert.IsLessThanOrEqualTo(width, found.GetProperty("width").GetInt32(), "The page is wider than its window.");
        Assert.IsGreaterThan(50, found.GetProperty("links").GetInt32());
        Assert.AreEqual("[]", found.GetProperty("dead").ToString());
        Assert.IsGreaterThan(15, found.GetProperty("tables").GetInt32());
        Assert.AreEqual(0, found.GetProperty("bare").GetInt32());
        Assert.AreEqual(0, found.GetProperty("scripts").GetInt32());
        Assert.IsGreaterThan(10, found.GetProperty("passes").GetInt32());
        Assert.AreEqual("", string.Join("\n", found.GetProperty("violations").EnumerateArray().Select(static v => v.GetString())));
        Assert.DoesNotContain("CONSOLE", output);
    }

    /// <summary>Printed, all of it is on its pages: no word beyond an edge, and every cell whole, in one piece.</summary>
    [TestMethod]
    [DataRow("truth")]
    [DataRow("archive")]
    [DataRow("worklist")]
    public async Task ThePagePrints_WithNoTableCut(string page)
    {
        using var folder = new PageFolder();
        await folder.WriteAsync(page);
        var output = await folder.ChromiumAsync("bytes written to file", "--no-pdf-header-footer", "--print-to-pdf=" + folder.At("statement.pdf"), folder.Url("statement.html"));
        Assert.DoesNotContain("CONSOLE", output);
        await Tool.OutputAsync("pdftotext", "-bbox", folder.At("statement.pdf"), folder.At("words.html"));
        var words = Word().Matches(await File.ReadAllTextAsync(folder.At("words.html")));
        Assert.IsGreaterThan(1000, words.Count);
        var (width, height) = (0.0, 0.0);
        foreach (Match word in words)
        {
            if (word.Groups["width"].Success)
            {
                (width, height) = (Number(word, "width"), Number(word, "height"));
                continue;
            }

            Assert.IsTrue(Number(word, "left") >= 0 && Number(word, "right") <= width && Number(word, "top") >= 0 && Number(word, "bottom") <= height, $"{word.Value} is beyond a page of {width} by {height}.");
        }

        // A row is on one page: the text of each of its cells is in one piece, and comes in the order of the cells.
        await Tool.OutputAsync("pdftotext", "-raw", folder.At("statement.pdf"), folder.At("raw.txt"));
        var text = Dense(await File.ReadAllTextAsync(folder.At("raw.txt")));
        var html = await File.ReadAllTextAsync(folder.At("statement.html"));
        var rows = Row().Matches(html).Select(static row => Dense(System.Net.WebUtility.HtmlDecode(Tag().Replace(row.Value, "")))).ToList();
        Assert.IsGreaterThan(50, rows.Count);
        Assert.AreEqual("", string.Join("\n", rows.Where(row => !text.Contains(row, StringComparison.Ordinal)).Take(10)));
    }

    private static double Number(Match word, string name) => double.Parse(word.Groups[name].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where lines are broken does not matter.</summary>
    private static string Dense(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && c is not '\u00AD'));

    [GeneratedRegex("<page width=\"(?<width>[^\"]+)\" height=\"(?<height>[^\"]+)\"|<word xMin=\"(?<left>[^\"]+)\" yMin=\"(?<top>[^\"]+)\" xMax=\"(?<right>[^\"]+)\" yMax=\"(?<bottom>[^\"]+)\">[^<]*")]
    private static partial Regex Word();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("<pre id=\"result\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();

    /// <summary>The statement, in a folder of its own.</summary>
    private sealed class PageFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("specgen-page-").FullName;

        public string At(string name) => Path.Combine(_path, name);

        public string Url(string name) => new Uri(At(name)).AbsoluteUri;

        /// <summary>That of the tests' own server, or one of the documents.</summary>
        public async Task WriteAsync(string page)
        {
            if (page != "truth")
            {
                File.Copy(Path.Combine(SampleStatementTests.SpecFolder, "..", "docs", "conformance", page + ".html"), At("statement.html"));
                return;
            }

            await using var file = File.Create(At("statement.html"));
            await ConformanceTruthTests.Statement().WriteHtmlAsync(file);
        }

        /// <summary>What it says, console messages of pages among it, until it has said the last of it: it has been seen to do all of its work and not to end.</summary>
        public async Task<string> ChromiumAsync(string last, params string[] arguments)
        {
            await using var browser = Peer.Start(
                Requirements.Program("chromium"), ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr", "--v=0", "--user-data-dir=" + At("profile"), .. arguments]);
            var end = browser.WaitForExitAsync();
            while (!end.IsCompleted && !browser.Output.Contains(last, StringComparison.Ordinal))
            {
                await Task.WhenAny(end, Task.Delay(100));
            }

            if (end.IsCompleted)
            {
                Assert.AreEqual(0, await end, browser.Output);
            }

            return browser.Output;
        }

        public void Dispose()
        {
            try
            {
                Directory.Delete(_path, recursive: true);
            }
            catch (IOException)
            {
                // The browser is still at its profile; the folder is a temporary one.
            }
        }
    }
}
