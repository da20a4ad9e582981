using System.Collections.Immutable;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>A module with its macros put in, and nothing but what its file depends on.</summary>
/// <param name="Foreign">Names of value sets whose enum another module's file already has.</param>
internal sealed record ModuleEmission(Module Module, EmissionSettings Settings, EquatableArray<string> Foreign);

/// <summary>A module table of PS3.3 → a typed view over a data set, and an enum for each of its value sets.</summary>
internal static class ModuleEmitter
{
    public static GeneratedFile Emit(ModuleEmission emission)
    {
        var module = emission.Module;
        var type = CSharpText.Identifier(module.Name);
        var writer = GeneratedCode.Begin(emission.Settings.Namespace);
        var summary = module.IsMacro ? $"An item that has the attributes of the {module.Title}." : $"The {module.Title} as a view over a data set: reads and writes go straight to it.";
        WriteView(writer, emission, type, summary, module.Reference, module.Attributes, emission.Settings.Accessibility, GeneratedCode.Attribute);
        writer.Line();
        foreach (var values in module.Values)
        {
            if (!emission.Foreign.Contains(values.Name, StringComparer.Ordinal))
            {
                var rows = values.Rows.Select(static row => new CodeRow(row.Code, row.Meaning, row.Description)).ToImmutableArray();
                TypeEnumEmitter.Write(writer, emission.Settings, CSharpText.Identifier(values.Name), $"Values of {values.Title} in the {module.Title}.", module.Reference, rows, CSharpText.Hex);
            }
        }

        return new GeneratedFile(type.TrimStart('@') + ".g.cs", writer.ToString());
    }

    private static void WriteView(
        SourceWriter writer,
        ModuleEmission emission,
        string type,
        string summary,
        string? reference,
        EquatableArray<ModuleAttribute> attributes,
        string accessibility,
        string? head)
    {
        writer.Summary(summary, reference);
        if (head is not null)
        {
            writer.Line(head);
        }

        using (writer.Block($"{accessibility} sealed class {type}"))
        {
            var properties = PropertyNames(attributes, type);
            for (var i = 0; i < attributes.Count; i++)
            {
                var tag = $"new {Names.DicomTag}({CSharpText.Hex(attributes[i].Group)}, {CSharpText.Hex(attributes[i].Element)})";
                writer.Line($"private static readonly {Names.DicomTag} {TagField(properties[i])} = {tag};");
            }

            writer.Line();
            writer.Summary("A view over the data set.").Line("/// <param name=\"dataset\">Read and written by the properties; may be empty.</param>");
            using (writer.Block($"public {type}({Names.DicomDataset} dataset)"))
            {
                writer.Line($"Dataset = dataset ?? throw new {Names.ArgumentNullException}(nameof(dataset));");
            }

            writer.Line();
            writer.Summary("The data set that this is a view of.").Line($"public {Names.DicomDataset} Dataset {{ get; }}");
            for (var i = 0; i < attributes.Count; i++)
            {
                writer.Line();
                WriteProperty(writer, emission, attributes[i], properties[i], type);
            }
        }
    }

    private static void WriteProperty(SourceWriter writer, ModuleEmission emission, ModuleAttribute attribute, string property, string type)
    {
        var field = TagField(property);
        var kind = attribute.Type is null ? "" : ", type " + attribute.Type;
        var words = attribute.Description.Length == 0 ? "." : ": " + attribute.Description + (attribute.Description.EndsWith(".", StringComparison.Ordinal) ? "" : ".");
        var name = $"{attribute.Name} ({CSharpText.HexDigits(attribute.Group)},{CSharpText.HexDigits(attribute.Element)}){kind}";
        if (attribute.Vr == "SQ" || attribute.Items.Count > 0 || attribute.ItemMacro is not null)
        {
            if (attribute.ItemMacro is { } macro)
            {
                var shared = emission.Settings.Global(CSharpText.Identifier(ModuleExpansion.ItemType(macro)));
                writer.Summary(name + words);
                writer.Line($"public {Names.Runtime}ModuleSequence<{shared}> {property} => new {Names.Runtime}ModuleSequence<{shared}>(Dataset, {field}, static item => new {shared}(item));");
                return;
            }

            // A sequence may hold itself (Concept Code Sequence): a member cannot be named like its type (CS0542).
            var item = property.TrimStart('@') + "Item";
            item = item == type ? "Inner" + item : item;
            writer.Summary(name + words);
            writer.Line($"public {Names.Runtime}ModuleSequence<{item}> {property} => new {Names.Runtime}ModuleSequence<{item}>(Dataset, {field}, static item => new {item}(item));").Line();
            WriteView(writer, emission, item, $"An item of {attribute.Name}.", reference: null, attribute.Items, "public", head: null);
            return;
        }

        var vr = attribute.Vr is { } known && IsKnown(known) ? $"{Names.DicomVR}.{known}" : $"{field}.DictionaryEntry.ValueRepresentations[0]";
        if (emission.Module.Values.FirstOrDefault(set => IsFor(set, attribute)) is { } values)
        {
            var valueType = emission.Settings.Global(CSharpText.Identifier(values.Name));
            writer.Summary(name + words + " Null removes the attribute.");
            using (writer.Block($"public {valueType}? {property}"))
            {
                writer.Line($"get => ({valueType}?){Names.Runtime}ModuleValues.Get<ushort>(Dataset, {field});");
                writer.Line($"set => {Names.Runtime}ModuleValues.Set<ushort>(Dataset, {vr}, {field}, (ushort?)value);");
            }

            return;
        }

        var number = NumberType(attribute.Vr);
        writer.Summary(name + words + (number is null ? " Null removes the attribute, empty text leaves it empty." : " Null removes the attribute."));
        using (writer.Block($"public {number ?? "string"}? {property}"))
        {
            if (number is null)
            {
                writer.Line($"get => {Names.Runtime}ModuleValues.GetText(Dataset, {field});");
                writer.Line($"set => {Names.Runtime}ModuleValues.SetText(Dataset, {vr}, {field}, value);");
            }
            else
            {
                writer.Line($"get => {Names.Runtime}ModuleValues.Get<{number}>(Dataset, {field});");
                writer.Line($"set => {Names.Runtime}ModuleValues.Set<{number}>(Dataset, {vr}, {field}, value);");
            }
        }
    }

    /// <summary>
    /// The type of a value of a binary VR (PS3.5 §6.2); null for the ones that are text. Dates, times and decimal strings stay text: they may have several values, ranges and precisions
    /// that no .NET type keeps.
    /// </summary>
    private static string? NumberType(string? vr) => vr switch
    {
        "US" => "ushort",
        "UL" => "uint",
        "UV" => "ulong",
        "SS" => "short",
        "SL" => "int",
        "SV" => "long",
        "FL" => "float",
        "FD" => "double",
        _ => null,
    };

    private static bool IsKnown(string vr) =>
        vr is "AE" or "AS" or "CS" or "DA" or "DS" or "DT" or "FD" or "FL" or "IS" or "LO" or "LT" or "PN" or "SH" or "SL" or "SS" or "ST" or "SV" or "TM" or "UC" or "UI" or "UL" or "UR" or "US" or "UT" or "UV";

    private static bool IsFor(ValueSet values, ModuleAttribute attribute) =>
        (attribute.Vr is null or "US")
        && (string.Equals(values.Title, attribute.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(values.Name, MemberNames.Pascal(attribute.Name), StringComparison.Ordinal));

    private static string TagField(string property) => "TagOf" + property.TrimStart('@');

    private static ImmutableArray<string> PropertyNames(EquatableArray<ModuleAttribute> attributes, string type)
    {
        var names = MemberNames.OfCodes(attributes.Items, static attribute => attribute.Name, static attribute => CSharpText.HexDigits(attribute.Group) + CSharpText.HexDigits(attribute.Element));
        return names.Select(name => CSharpText.Member(name == "Dataset" ? "Dataset_" : name, type)).ToImmutableArray();
    }
}
