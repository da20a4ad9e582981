using System.ComponentModel;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;

namespace Specgen.Runtime.Tests.Surface;

/// <summary>The rooms of the runtime (docs/architecture.md), and which of them may use which: read out of the compiled assembly, signatures and bodies.</summary>
[TestClass]
public sealed partial class FolderTests
{
    /// <summary>What each folder may use, beside itself.</summary>
    private static readonly Dictionary<string, string[]> s_arrows = new(StringComparer.Ordinal)
    {
        ["Text"] = [],
        ["Standard"] = ["Text"],
        ["Wire"] = ["Text"],
        ["Security"] = [],
        ["Queries"] = ["Standard"],
        ["Modules"] = ["Generated", "Standard"],
        ["Instances"] = ["Wire", "Handlers", "Standard", "Text"],
        ["Handlers"] = ["Standard", "Modules", "Queries", "Instances", "Generated", "Security", "Text"],
        ["Generated"] = ["Handlers", "Modules", "Queries", "Standard"],
        ["Telemetry"] = ["Handlers", "Standard"],
        ["Associations"] = ["Wire", "Handlers", "Generated", "Instances", "Standard", "Telemetry", "Text"],
        ["Conformance"] = ["Associations", "Handlers", "Generated", "Modules", "Queries", "Standard"],
        ["Configuration"] = ["Associations", "Handlers", "Instances", "Security"],
        ["Scu"] = ["Associations", "Configuration", "Security", "Conformance", "Wire", "Handlers", "Generated", "Instances", "Standard", "Telemetry", "Text"],

        // A server is a user where it sends notifications and what a C-MOVE asks for.
        ["Scp"] = ["Scu", "Associations", "Configuration", "Security", "Conformance", "Wire", "Handlers", "Generated", "Instances", "Standard", "Telemetry", "Text"],
    };

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => code.Value);

    [TestMethod]
    public void No_folder_uses_what_it_may_not()
    {
        var folders = Sources.Files().SelectMany(static file => Declared(file).Select(name => (name, Folder: Sources.FolderOf(file)))).Distinct().ToList();
        var ambiguous = folders.GroupBy(static f => f.name, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => g.Key);
        Assert.AreEqual("", string.Join(' ', ambiguous), "Two types of one name.");
        var folderOf = folders.ToDictionary(static f => f.name, static f => f.Folder, StringComparer.Ordinal);

        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in typeof(DicomScp).Assembly.GetTypes())
        {
            if (Find(folderOf, type) is not { } folder)
            {
                continue;
            }

            Assert.IsTrue(s_arrows.ContainsKey(folder), $"{folder} is a room that docs/architecture.md does not have.");
            foreach (var used in Used(type).Select(used => Find(folderOf, used)).OfType<string>())
            {
                if (used != folder && !s_arrows[folder].Contains(used))
                {
                    wrong.Add($"{folder} uses {used}: {Outer(type).Name}");
                }
            }
        }

        Assert.AreEqual("", string.Join('\n', wrong));
    }

    /// <summary>What is internal is in the namespace of its folder, what is public in Specgen; the statement's model, which few programs name, in Specgen.Conformance, and what only generated code calls in Specgen.Generated.</summary>
    [TestMethod]
    public void Namespaces_are_named_after_folders()
    {
        var folderOf = Sources.Files().SelectMany(static file => Declared(file).Select(name => (name, Folder: Sources.FolderOf(file)))).DistinctBy(static f => f.name)
            .ToDictionary(static f => f.name, static f => f.Folder, StringComparer.Ordinal);

        var wrong = typeof(DicomScp).Assembly.GetTypes().Where(static type => !type.IsNested)
            .Select(type => (type, folder: folderOf.GetValueOrDefault(Name(type))))
            .Where(static t => t.folder is not (null or "Standard" or "Modules" or "Queries") && t.type.Namespace != (t.type.IsPublic && t.folder is not ("Conformance" or "Generated") ? "Specgen" : $"Specgen.{t.folder}"))
            .Select(static t => t.type.FullName);

        Assert.AreEqual("", string.Join('\n', wrong));
    }

    /// <summary>Completion offers nothing of what only generated code calls.</summary>
    [TestMethod]
    public void What_generated_code_calls_is_hidden()
    {
        var types = typeof(DicomScp).Assembly.GetExportedTypes().Where(static type => type.Namespace == "Specgen.Generated").ToArray();

        Assert.IsNotEmpty(types);
        Assert.AreEqual("", string.Join('\n', types.Where(static type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never).Select(static type => type.FullName)));
    }

    private static IEnumerable<string> Declared(string file) => Declaration().Matches(File.ReadAllText(file)).Select(static match => match.Groups["name"].Value + "`" + match.Groups["parameters"].Value.Count(static c => c is ',' or '<'));

    private static string? Find(Dictionary<string, string> folderOf, Type type)
    {
        while (type.HasElementType)
        {
            type = type.GetElementType()!;
        }

        return type.Assembly == typeof(DicomScp).Assembly && !type.IsGenericParameter ? folderOf.GetValueOrDefault(Name(Outer(type))) : null;
    }

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static string Name(Type type) => type.Name.Contains('`', StringComparison.Ordinal) ? type.Name : type.Name + "`0";

    private static IEnumerable<Type> Used(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> used = [type.BaseType ?? typeof(object), .. type.GetInterfaces(), .. type.GetFields(All).Select(static f => f.FieldType)];
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            used = used.Concat(method.GetParameters().Select(static p => p.ParameterType)).Concat(Body(method));
            used = method is MethodInfo info ? used.Append(info.ReturnType) : used;
        }

        return used.SelectMany(static t => t.IsGenericType ? [t, .. t.GetGenericArguments()] : new[] { t });
    }

    /// <summary>The types of all that a body names: types, fields, methods.</summary>
    private static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }

        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var value = il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at];
            var code = s_codes[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, arguments);
                yield return member as Type ?? member!.DeclaringType ?? typeof(object);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    [GeneratedRegex(@"^(public|internal) ((static|sealed|abstract|partial|readonly|ref) )*(class|struct|interface|enum|record struct|record|delegate [\w<>\[\]? ]+?) (?<name>\w+)(?<parameters><[\w, ]+>)?", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
