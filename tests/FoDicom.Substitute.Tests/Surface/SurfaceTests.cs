using System.Globalization;
using System.Reflection;
using System.Text;
using FellowOakDicom;

namespace Specgen.FoDicom.Substitute.Tests.Surface;

/// <summary>
/// eng/fo-dicom-surface.txt says which members of fo-dicom the projects of this repository use. It is made here, of the metadata of what they
/// were compiled to; the substitute has what it says and nothing else, the library all of it. Constants have no references in metadata: of a type
/// that is used they are all in the list, as the substitute has them.
/// </summary>
[TestClass]
public sealed class SurfaceTests
{
    /// <summary>With this environment variable the file is written anew instead of compared.</summary>
    private const string Rewrite = "SPECGEN_REWRITE_SURFACE";

    private static readonly Assembly s_assembly = typeof(DicomDataset).Assembly;
    private static readonly bool s_isSubstitute =
        s_assembly.GetCustomAttribute<AssemblyTitleAttribute>()?.Title.Contains("stand-in", StringComparison.Ordinal) == true;
    private static readonly string s_path = Path.Combine(Metadata("Root"), "eng", "fo-dicom-surface.txt");
    private static readonly Dictionary<string, DeclaredType> s_declared = DeclaredType.ReadAll(s_assembly.Location);

    /// <summary>Who uses fo-dicom, from those who matter most: each member is listed with the first who does.</summary>
    private static readonly (string Folder, string Title)[] s_users =
    [
        ("src", "What the packages use"),
        ("samples", "What only the samples use"),
        ("tests", "What only tests and benchmarks use"),
    ];

    [TestMethod]
    public void The_list_is_what_the_assemblies_use()
    {
        var expected = Text();
        if (Environment.GetEnvironmentVariable(Rewrite) is { Length: > 0 })
        {
            Assert.IsTrue(s_isSubstitute, "It is written on the substitute, which says which constants there are.");
            File.WriteAllText(s_path, expected);
        }

        var listed = File.ReadAllText(s_path);
        const string Advice = $"run this test with {Rewrite}=1 in Substitute mode.";
        Assert.AreEqual("", string.Join('\n', Lines(expected).Except(Lines(listed))), $"Not in the list: {Advice}");
        Assert.AreEqual(expected, listed, $"eng/fo-dicom-surface.txt is stale: {Advice}");
    }

    [TestMethod]
    public void What_is_listed_is_there()
    {
        var missing = Listed().Where(static member => !IsThere(member.Type, member.Member)).Select(static m => $"{m.Type}: {m.Member}");

        Assert.AreEqual("", string.Join('\n', missing));
    }

    [TestMethod]
    public void The_substitute_has_nothing_else()
    {
        if (!s_isSubstitute)
        {
            Assert.Inconclusive("This is the library.");
        }

        var listed = Listed().ToHashSet();
        var extra = s_declared.Values.Where(static type => type.IsVisible).SelectMany(type => listed.Contains((type.Name, ""))
            ? type.Members.Where(member => !listed.Contains((type.Name, member.Text)) && !IsGiven(type, member)).Select(m => $"{type.Name}: {m.Text}")
            : [type.Name]);

        Assert.AreEqual("", string.Join('\n', extra));
    }

    /// <summary>
    /// What a type has without being asked for it by its name: the standard's vocabulary (tags, UIDs, value representations, transfer syntaxes,
    /// statuses), what delegates consist of, the operators of equality, which come in pairs, and what fulfils a base type or an interface.
    /// </summary>
    private static bool IsGiven(DeclaredType type, DeclaredMember member) =>
        type.IsDelegate
        || (member.IsStaticField && member.Text.EndsWith(" : " + type.Name, StringComparison.Ordinal))
        || member.IsOverride
        || member.Text.StartsWith("static op_Equality(", StringComparison.Ordinal)
        || member.Text.StartsWith("static op_Inequality(", StringComparison.Ordinal)
        || type.Interfaces.SelectMany(s_declared.SelfAndInherited).Any(declared => declared.Members.Any(m => m.Text == member.Text))
        || s_assembly.GetType(type.Name)!.GetInterfaces().Where(static i => i.Assembly != s_assembly).SelectMany(static i => i.GetMethods())
            .Any(method => member.Text.StartsWith(method.Name + "(", StringComparison.Ordinal));

    private static bool IsThere(string type, string member) =>
        s_declared.TryGetValue(type, out var declared) && declared.IsVisible
        && (member.Length == 0 || s_declared.SelfAndInherited(type).Any(t => t.Members.Any(m => m.Text == member)));

    private static string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # The members of fo-dicom that are used here, made of the metadata of all assemblies by tests/FoDicom.Substitute.Tests, which fails when
            # this file is stale; {Rewrite}=1 dotnet test tests/FoDicom.Substitute.Tests writes it anew. The substitute has exactly these, the library
            # has to have them (docs/fo-dicom.md).

            """);
        var known = Known();
        foreach (var (folder, title) in s_users)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");
            var types = known.Where(member => member.Value == folder).Select(static member => member.Key)
                .GroupBy(static member => member.Type, StringComparer.Ordinal).OrderBy(static type => type.Key, StringComparer.Ordinal);
            foreach (var type in types)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{type.Key}\n");
                foreach (var member in type.Select(static m => m.Member).Where(static m => m.Length > 0).Order(StringComparer.Ordinal))
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>All that is used, and the folder of the first who does.</summary>
    private static Dictionary<(string Type, string Member), string> Known()
    {
        var known = new Dictionary<(string Type, string Member), string>();
        var before = File.Exists(s_path) ? Listed().ToHashSet() : [];
        foreach (var (folder, _) in s_users)
        {
            var used = Assemblies(folder).SelectMany(static path => References.Read(path, s_declared)).ToList();
            foreach (var member in used)
            {
                known.TryAdd(member, folder);
                known.TryAdd((member.Type, ""), folder);
            }

            foreach (var type in used.Select(static member => s_declared.GetValueOrDefault(member.Type)).OfType<DeclaredType>().Distinct())
            {
                var constants = type.Members.Where(static member => member.IsLiteral);
                foreach (var constant in constants.Where(constant => s_isSubstitute || before.Contains((type.Name, constant.Text))))
                {
                    known.TryAdd((type.Name, constant.Text), folder);
                }
            }
        }

        return known;
    }

    private static IEnumerable<string> Assemblies(string folder)
    {
        var root = Path.Combine(Metadata("Root"), folder) + Path.DirectorySeparatorChar;
        var found = Metadata("Assemblies").Split(';').Append(typeof(SurfaceTests).Assembly.Location).Select(Path.GetFullPath)
            .Where(path => path.StartsWith(root, StringComparison.Ordinal)).ToList();
        Assert.IsNotEmpty(found, folder);
        return found;
    }

    private static IEnumerable<(string Type, string Member)> Listed()
    {
        var type = "";
        foreach (var line in Lines(File.ReadAllText(s_path)).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] != ' ')
            {
                yield return (type = line, "");
            }
            else
            {
                yield return (type, line.Trim());
            }
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string Metadata(string key) =>
        typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
