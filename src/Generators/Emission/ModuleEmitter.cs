using System.Collections.Immutable;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>A module table of PS3.3 → a typed view over a data set, and an enum for each of its value sets.</summary>
internal static class ModuleEmitter
{
    private const string View = Names.Runtime + "ModuleView";
    private const string Shape = "SpecgenShape";
    private const string Item = "SpecgenItem";

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

        using (writer.Block($"{accessibility} sealed class {type} : {View}"))
        {
            var properties = PropertyNames(attributes, type);
            writer.Summary("A view over the data set.").Line("/// <param name=\"dataset\">Read and written by the properties; may be empty.</param>");
            using (writer.Block($"public {type}({Names.DicomDataset} dataset) : base(dataset, {Shape})"))
            {
            }

            writer.Line();
            WriteShape(writer, emission, type, attributes, properties);
            for (var i = 0; i < attributes.Count; i++)
            {
                WriteProperty(writer, emission, attributes[i], properties[i], i, type);
            }
        }
    }

    private static void WriteShape(SourceWriter writer, ModuleEmission emission, string type, EquatableArray<ModuleAttribute> attributes, ImmutableArray<string> properties)
    {
        writer.Line($"private static readonly {Names.Generated}ModuleShape {Shape} = {Names.Generated}ModuleShape.Of({CSharpText.Literal(string.Join(";", attributes.Select(static attribute => Code(attribute))))});").Line();
        var sequences = Enumerable.Range(0, attributes.Count).Where(i => IsSequence(attributes[i])).ToArray();
        if (sequences.Length == 0)
        {
            return;
        }

        // One method for all of them: a lambda for each is several times the work for the compiler.
        writer.Line("/// <inheritdoc/>");
        using (writer.Block($"protected override {View}? {Item}(int index, {Names.DicomDataset} item) => index switch", ";"))
        {
            foreach (var i in sequences)
            {
                writer.Line($"{CSharpText.Number(i)} => new {ItemType(emission, attributes[i], properties[i], type)}(item),");
            }

            writer.Line("_ => null,");
        }

        writer.Line();
    }

    /// <summary>"00400270SQ1,C1/1,S-/-"; with the items' attributes behind it in braces where the view of the items has others.</summary>
    private static string Code(ModuleAttribute attribute, bool isInItem = false)
    {
        var vr = IsSequence(attribute) ? "SQ" : attribute.Vr ?? "??";
        return CSharpText.HexDigits(attribute.Group) + CSharpText.HexDigits(attribute.Element) + vr + attribute.Type
            + string.Concat(attribute.Usages.Select(static usage => $",{Letter(usage.Operation)}{usage.Scu}/{usage.Scp}"))
            + (attribute.Creator is null ? "" : ",P" + Uri.EscapeDataString(attribute.Creator))
            + (attribute.Items.Count > 0 && (isInItem || attribute.ItemMacro is not null) ? "{" + string.Join(";", attribute.Items.Select(static item => Code(item, isInItem: true))) + "}" : "");
    }

    private static char Letter(DimseOperation message) => message switch
    {
        DimseOperation.NCreate => 'C',
        DimseOperation.NSet => 'S',
        DimseOperation.NGet => 'G',
        DimseOperation.NAction => 'A',
        _ => 'E',
    };

    private static bool IsSequence(ModuleAttribute attribute) => attribute.Vr == "SQ" || attribute.Items.Count > 0 || attribute.ItemMacro is not null;

    /// <summary>A sequence may hold itself (Concept Code Sequence): a member cannot be named like its type (CS0542).</summary>
    private static string ItemType(ModuleEmission emission, ModuleAttribute attribute, string property, string owner)
    {
        if (attribute.ItemMacro is { } macro)
        {
            var type = CSharpText.Identifier(ModuleExpansion.ItemType(macro));
            return emission.Imported.FirstOrDefault(import => import.EndsWith("." + type, StringComparison.Ordinal)) is { } import ? "global::" + import : emission.Settings.Global(type);
        }

        if (attribute.Items.Count == 0)
        {
            return Names.Runtime + "ModuleItem";
        }

        var item = property.TrimStart('@') + "Item";
        return item == owner ? "Inner" + item : item;
    }

    private static void WriteProperty(SourceWriter writer, ModuleEmission emission, ModuleAttribute attribute, string property, int index, string type)
    {
        var kind = (attribute.Type is null ? "" : ", type " + attribute.Type) + (attribute.Vm is null ? "" : ", VM " + attribute.Vm);
        var words = attribute.Description.Length == 0 ? "." : ": " + attribute.Description + (attribute.Description.EndsWith(".", StringComparison.Ordinal) ? "" : ".");
        writer.Summary($"{attribute.Name} ({CSharpText.HexDigits(attribute.Group)},{CSharpText.HexDigits(attribute.Element)}){kind}{words}");
        if (IsList(attribute))
        {
            var element = Access(attribute.Vr).Type;
            writer.Line($"public {Names.ReadOnlyList}<{element}>? {property} {{ get => GetList<{element}>({CSharpText.Number(index)}); set => SetList({CSharpText.Number(index)}, value); }}");
            return;
        }

        if (IsSequence(attribute))
        {
            var item = ItemType(emission, attribute, property, type);
            writer.Line($"public {Names.Runtime}ModuleSequence<{item}> {property} => Items<{item}>({CSharpText.Number(index)});");
            if (attribute.ItemMacro is null && attribute.Items.Count > 0)
            {
                writer.Line();
                WriteView(writer, emission, item, $"An item of {attribute.Name}.", reference: null, attribute.Items, "public", head: null);
                writer.Line();
            }
        }
        else if (emission.Module.Values.FirstOrDefault(set => IsFor(set, attribute)) is { } values)
        {
            var valueType = emission.Settings.Global(CSharpText.Identifier(values.Name));
            writer.Line($"public {valueType}? {property} {{ get => ({valueType}?)Get<ushort>({CSharpText.Number(index)}); set => Set<ushort>({CSharpText.Number(index)}, (ushort?)value); }}");
        }
        else
        {
            var (value, access) = Access(attribute.Vr);
            var set = attribute.Vr is "OD" or "OF" or "OL" or "OV" or "UN" ? "" : $" set => Set{access}({CSharpText.Number(index)}, value);";
            writer.Line($"public {value}? {property} {{ get => Get{access}({CSharpText.Number(index)});{set} }}");
        }
    }

    /// <summary>
    /// The type of a value of a VR (PS3.5 §6.2), and the methods that read and write it. Dates, times and decimal strings are text: they may have several values, ranges and precisions that no
    /// .NET type keeps.
    /// </summary>
    private static (string Type, string Access) Access(string? vr) => vr switch
    {
        "US" => ("ushort", "<ushort>"),
        "UL" => ("uint", "<uint>"),
        "UV" => ("ulong", "<ulong>"),
        "SS" => ("short", "<short>"),
        "SL" => ("int", "<int>"),
        "SV" => ("long", "<long>"),
        "FL" => ("float", "<float>"),
        "FD" => ("double", "<double>"),
        "AT" => (Names.DicomTag, "Tag"),
        "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "UN" => ("byte[]", "Bytes"),
        _ => ("string", "Text"),
    };

    /// <summary>It may have several values, and is of a VR that can (PS3.5 §6.2).</summary>
    private static bool IsList(ModuleAttribute attribute) => attribute.Vm is not null && attribute.Vr is { } vr && !IsSequence(attribute) && Access(vr).Access != "Bytes" && vr is not ("LT" or "ST" or "UR" or "UT");

    private static bool IsFor(ValueSet values, ModuleAttribute attribute) =>
        (attribute.Vr is null or "US")
        && (string.Equals(values.Title, attribute.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(values.Name, MemberNames.Pascal(attribute.Name), StringComparison.Ordinal));

    /// <summary>What the views have from the runtime's ModuleView.</summary>
    private static bool IsInherited(string name) =>
        name is "Dataset" or "Missing" or Shape or Item or "Get" or "Set" or "GetText" or "SetText" or "GetBytes" or "SetBytes" or "GetTag" or "SetTag" or "GetList" or "SetList" or "Items";

    private static ImmutableArray<string> PropertyNames(EquatableArray<ModuleAttribute> attributes, string type)
    {
        var names = MemberNames.OfCodes(attributes.Items, static attribute => attribute.Name, static attribute => CSharpText.HexDigits(attribute.Group) + CSharpText.HexDigits(attribute.Element));
        return names.Select(name => CSharpText.Member(IsInherited(name) ? name + "_" : name, type)).ToImmutableArray();
    }
}
