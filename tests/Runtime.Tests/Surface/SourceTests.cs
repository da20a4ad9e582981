using System.Text.RegularExpressions;

namespace Specgen.Runtime.Tests.Surface;

/// <summary>What the runtime's sources may not have.</summary>
[TestClass]
public sealed partial class SourceTests
{
    /// <summary>DICOM facts stand in the pages: no UID of the standard's in C#.</summary>
    [TestMethod]
    public void No_UID_of_the_standard_stands_in_the_runtime()
    {
        // The scanner is on its way out, and its UIDs with it.
        var found = Sources.Files().SelectMany(static file => File.ReadLines(file).Where(static line => Uid().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));

        Assert.AreEqual("", string.Join('\n', found));
    }

    [GeneratedRegex(@"1\.2\.840\.10008(\.\d+)*")]
    private static partial Regex Uid();
}
