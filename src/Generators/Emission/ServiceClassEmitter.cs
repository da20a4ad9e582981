using System.Collections.Immutable;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>A service class, and nothing but what its file depends on.</summary>
/// <param name="Foreign">Keywords of the page whose constant another page's file already has.</param>
internal sealed record ServiceEmission(ServiceClass Service, EmissionSettings Settings, EquatableArray<string> Foreign);

/// <summary>One service class page → one file: its SOP classes, DIMSE usage, statuses, action and event types.</summary>
internal static class ServiceClassEmitter
{
    public static GeneratedFile Emit(ServiceEmission emission)
    {
        var service = emission.Service;
        var writer = GeneratedCode.Begin(emission.Settings.Namespace);
        var classes = Distinct(service.SopClasses);
        var own = classes.Where(sop => !emission.Foreign.Contains(sop.Keyword, StringComparer.Ordinal)).ToImmutableArray();
        WriteConstants(writer, emission, own);
        WriteSopClasses(writer, emission, own);
        WriteServiceClass(writer, emission, classes);
        foreach (var table in service.Statuses)
        {
            StatusEmitter.Write(writer, emission.Settings, service, table);
        }

        foreach (var operation in service.Types.Select(static type => type.Operation).Distinct())
        {
            foreach (var types in TypeEnum.Of(service.ShortName, operation, service.Types))
            {
                TypeEnumEmitter.Write(writer, emission.Settings, service, operation, types);
            }
        }

        return new GeneratedFile(CSharpText.Identifier(service.Name).TrimStart('@') + ".g.cs", writer.ToString());
    }

    /// <summary>A page whose rows repeat a keyword or a UID has a diagnostic for it; the first row counts.</summary>
    private static ImmutableArray<SopClass> Distinct(EquatableArray<SopClass> rows)
    {
        var keywords = new HashSet<string>(StringComparer.Ordinal);
        var uids = new HashSet<string>(StringComparer.Ordinal);
        return rows.Where(row => keywords.Add(Member(row)) && uids.Add(row.Uid)).ToImmutableArray();
    }

    private static string Member(SopClass sop) => CSharpText.Member(sop.Keyword, Names.SopClasses);

    private static string NameOf(SopClass sop) => sop.Name ?? sop.Keyword;

    private static void WriteConstants(SourceWriter writer, ServiceEmission emission, ImmutableArray<SopClass> classes)
    {
        if (classes.Length == 0)
        {
            return;
        }

        using (writer.Block(emission.Settings.Accessibility + " static partial class " + Names.SopClassUids))
        {
            foreach (var sop in classes)
            {
                writer.Summary(NameOf(sop) + (sop.IsRetired ? " (retired)" : "") + ": " + sop.Uid + ", " + emission.Service.Title + ".");
                writer.Line("public const string " + CSharpText.Member(sop.Keyword, Names.SopClassUids) + " = " + CSharpText.Literal(sop.Uid) + ";");
            }
        }

        writer.Line();
    }

    private static void WriteSopClasses(SourceWriter writer, ServiceEmission emission, ImmutableArray<SopClass> classes)
    {
        if (classes.Length == 0)
        {
            return;
        }

        using (writer.Block(emission.Settings.Accessibility + " static partial class " + Names.SopClasses))
        {
            foreach (var sop in classes)
            {
                var arguments = string.Join(", ", new[]
                {
                    CSharpText.Literal(sop.Uid), CSharpText.Literal(sop.Keyword), CSharpText.Literal(NameOf(sop)),
                    CSharpText.Literal(emission.Service.Title), CSharpText.Literal(sop.Iod), sop.IsRetired ? "true" : "false",
                });
                writer.Summary(NameOf(sop) + (sop.IsRetired ? " (retired)" : "") + ": " + sop.Uid + (sop.Iod is null ? "." : ", IOD in PS3.3 " + sop.Iod + "."));
                writer.Line($"public static {Names.SopClass} {Member(sop)} {{ get; }} = new {Names.SopClass}({arguments});");
            }
        }

        writer.Line();
    }

    private static void WriteServiceClass(SourceWriter writer, ServiceEmission emission, ImmutableArray<SopClass> classes)
    {
        var service = emission.Service;
        var type = CSharpText.Identifier(service.Name);
        writer.Summary("The " + service.Title + ": its SOP classes, DIMSE services and statuses.", service.Reference).Line(GeneratedCode.Attribute);
        using (writer.Block($"{emission.Settings.Accessibility} sealed class {type} : {Names.Runtime}IServiceClass"))
        {
            using (writer.Block($"private {type}()"))
            {
            }

            writer.Line();
            writer.Summary("The name of the service class.").Line("public static string Name => " + CSharpText.Literal(service.Title) + ";").Line();
            WriteList(writer, "The SOP classes, in the order of the page.", Names.SopClass, "SopClasses", classes.Select(sop => Reference(emission.Settings, sop)).ToArray());
            WriteList(writer, "The DIMSE services and who must support them.", Names.DimseService, "Services", service.Usages.Select(usage => Usage(emission.Settings, classes, usage)).ToArray());

            writer.Summary("The SOP class of this service class that has the UID, or null.");
            using (writer.Block($"public static {Names.SopClass}? FindSopClass(string uid) => uid switch", ";"))
            {
                foreach (var sop in classes)
                {
                    writer.Line(CSharpText.Literal(sop.Uid) + " => " + Reference(emission.Settings, sop) + ",");
                }

                writer.Line("_ => null,");
            }

            writer.Line();
            WriteFindStatus(writer, emission.Settings, service);
        }

        writer.Line();
    }

    private static void WriteFindStatus(SourceWriter writer, EmissionSettings settings, ServiceClass service)
    {
        writer.Summary("What the tables of this service class say about a status code of a DIMSE service; null where they say nothing. An exact row wins over a range.");
        var head = $"public static {Names.StatusInfo}? FindStatus({Names.DimseOperation} operation, ushort code) => operation switch";
        using (writer.Block(head, ";"))
        {
            foreach (var table in service.Statuses)
            {
                writer.Line($"{Names.DimseOperation}.{table.Operation} => {settings.Global(Names.StatusEnum(service.ShortName, table.Operation))}Extensions.Find(code),");
            }

            writer.Line("_ => null,");
        }
    }

    private static void WriteList(SourceWriter writer, string summary, string type, string name, IReadOnlyList<string> items)
    {
        writer.Summary(summary);
        var head = $"public static {Names.ReadOnlyList}<{type}> {name} {{ get; }} = ";
        if (items.Count == 0)
        {
            writer.Line(head + Names.Array + ".Empty<" + type + ">();").Line();
            return;
        }

        using (writer.Block($"{head}{Names.Array}.AsReadOnly(new {type}[]", ");"))
        {
            foreach (var item in items)
            {
                writer.Line(item + ",");
            }
        }

        writer.Line();
    }

    private static string Reference(EmissionSettings settings, SopClass sop) => settings.Global(Names.SopClasses) + "." + Member(sop);

    private static string Usage(EmissionSettings settings, ImmutableArray<SopClass> classes, DimseUsage usage)
    {
        var narrowed = classes.Where(sop => usage.SopClasses.Contains(sop.Keyword, StringComparer.Ordinal)).Select(sop => Reference(settings, sop)).ToArray();
        var list = narrowed.Length == 0
            ? $"{Names.Array}.Empty<{Names.SopClass}>()"
            : $"{Names.Array}.AsReadOnly(new {Names.SopClass}[] {{ {string.Join(", ", narrowed)} }})";
        return $"new {Names.DimseService}({Names.DimseOperation}.{usage.Operation}, {CSharpText.Literal(usage.Qualifier)}, {list}, {Names.Runtime}Usage.{usage.Scu}, {Names.Runtime}Usage.{usage.Scp})";
    }
}
