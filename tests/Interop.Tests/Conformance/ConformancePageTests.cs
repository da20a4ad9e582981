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
    [DataRow(320)]
    [DataRow(1280)]
    public async Task ThePageFits_ItsLinksLead_AndAxeFindsNothing(int width)
    {
        var axe = typeof(ConformancePageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Axe").Value!;
        Requirements.Package(axe, "axe-core");
        using var folder = new PageFolder();
        await folder.WriteAsync();
        File.Copy(Path.Combine(axe, "node_modules", "axe-core", "axe.min.js"), folder.At("axe.js"));
        await File.WriteAllTextAsync(folder.At("harness.html"), Harness.Replace("WIDTH", width.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var output = await folder.ChromiumAsync("--allow-file-access-from-files", "--virtual-time-budget=30000", "--window-size=1400,3200", "--dump-dom", folder.Url("harness.html"));

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

    [TestMethod]
    public async Task ThePagePrints()
    {
        using var folder = new PageFolder();
        await folder.WriteAsync();
        var output = await folder.ChromiumAsync("--no-pdf-header-footer", "--print-to-pdf=" + folder.At("statement.pdf"), folder.Url("statement.html"));
        Assert.DoesNotContain("CONSOLE", output);
        var pdf = await File.ReadAllBytesAsync(folder.At("statement.pdf"));
        Assert.IsTrue(pdf.AsSpan().StartsWith("%PDF-"u8));
        Assert.IsGreaterThan(20_000, pdf.Length);
    }

    [GeneratedRegex("<pre id=\"result\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();

    /// <summary>The statement, in a folder of its own.</summary>
    private sealed class PageFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("specgen-page-").FullName;

        public string At(string name) => Path.Combine(_path, name);

        public string Url(string name) => new Uri(At(name)).AbsoluteUri;

        public async Task WriteAsync()
        {
            await using var file = File.Create(At("statement.html"));
            await ConformanceTruthTests.Statement().WriteHtmlAsync(file);
        }

        /// <summary>What it says, console messages of pages among it.</summary>
        public async Task<string> ChromiumAsync(params string[] arguments) => (await Tool.RunAsync(
            "chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr", "--v=0", "--user-data-dir=" + At("profile"), .. arguments])).Succeeded().Output;

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
