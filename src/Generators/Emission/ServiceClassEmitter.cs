using System.Collections.Immutable;
using Specgen.Generators.Project;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Emission;

/// <summary>One service class page → one file: its SOP classes, DIMSE usage, statuses, action and event types.</summary>
internal static class ServiceClassEmitter
{
    private const string TableType = Names.Generated + "ServiceClassTable";
    private const string Table = "SpecgenTable";

    public static GeneratedFile Emit(ServiceEmission emission)
    {
        var service = emission.Service;
        var writer = GeneratedCode.Begin(emission.Settings.Namespace).Line("#pragma warning disable CS0108 // A constant of a reference's may have the same name.").Line();
        var classes = Distinct(service.SopClasses);
        WriteConstants(writer, emission, classes.Where(sop => !IsForeign(emission, sop)).ToImmutableArray());
        WriteSopClasses(writer, emission, classes);
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

        using (writer.Block(emission.Settings.Accessibility + " partial class " + Names.SopClassUids))
        {
            foreach (var sop in classes)
            {
                writer.Summary(NameOf(sop) + (sop.IsRetired ? " (retired)" : "") + ": " + sop.Uid + ", " + emission.Service.Title + ".");
                writer.Line($"public const string {CSharpText.Member(sop.Keyword, Names.SopClassUids)} = {CSharpText.Literal(sop.Uid)};");
            }
        }

        writer.Line();
    }

    private static void WriteSopClasses(SourceWriter writer, ServiceEmission emission, ImmutableArray<SopClass> classes)
    {
        if (classes.All(sop => IsForeign(emission, sop)))
        {
            return;
        }

        using (writer.Block(emission.Settings.Accessibility + " partial class " + Names.SopClasses))
        {
            var table = emission.Settings.Global(CSharpText.Identifier(emission.Service.Name)) + "." + Table;
            for (var i = 0; i < classes.Length; i++)
            {
                var sop = classes[i];
                if (!IsForeign(emission, sop))
                {
                    writer.Summary(NameOf(sop) + (sop.IsRetired ? " (retired)" : "") + ": " + sop.Uid + (sop.Iod is null ? "." : ", IOD in PS3.3 " + sop.Iod + "."));
                    writer.Line($"public static {Names.SopClass} {Member(sop)} => {table}[{CSharpText.Number(i)}];");
                }
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
            writer.Table($"internal static readonly {TableType} {Table} = {TableType}.Of({CSharpText.Literal(service.Title)}, ", classes.Select(sop => Line(emission, classes, sop)).ToArray(), ",");
            var foreign = string.Concat(classes.Where(sop => IsForeign(emission, sop)).Select(sop => ", " + emission.Settings.Global(Names.SopClasses) + "." + Member(sop)));
            using (writer.Indent())
            {
                writer.Table("", service.Usages.Select(usage => Line(classes, usage)).ToArray(), foreign + ");");
            }

            writer.Line();
            writer.Summary("What projects that reference this one write handlers by.").Line(GeneratedCode.Hidden);
            writer.Table($"public const string {Names.Surface} = ", SurfaceText.Write(emission.Surface).Split('\n'), ";").Line();
            using (writer.Block($"private {type}()"))
            {
            }

            writer.Line();
            writer.Summary("The name of the service class.").Line($"public static string Name => {CSharpText.Literal(service.Title)};").Line();
            writer.Summary("The SOP classes, in the order of the page.").Line($"public static {Names.ReadOnlyList}<{Names.SopClass}> SopClasses => {Table}.SopClasses;").Line();
            writer.Summary("The DIMSE services and who must support them.").Line($"public static {Names.ReadOnlyList}<{Names.DimseService}> Services => {Table}.Services;").Line();
            writer.Summary("The SOP class of this service class that has the UID, or null.").Line($"public static {Names.SopClass}? FindSopClass(string uid) => {Table}.Find(uid);").Line();
            WriteFindStatus(writer, emission.Settings, service);
        }

        writer.Line();
    }

    /// <summary>"1.2.840.10008.5.1.4.1.1.2|CTImageStorage|A.3||CT Image Storage", as the runtime's ServiceClassTable reads it; the keyword alone where another page has the SOP class.</summary>
    private static string Line(ServiceEmission emission, ImmutableArray<SopClass> classes, SopClass sop) =>
        IsForeign(emission, sop) ? sop.Keyword : sop.Uid + "|" + sop.Keyword + "|" + sop.Iod + "|" + string.Join(" ", Marks(emission.Service, classes, sop)) + "|" + NameOf(sop);

    /// <summary>"R", retired; "Q", relational queries; "=0", its messages name the SOP class at that position; "+1,2", a meta SOP class of those.</summary>
    private static IEnumerable<string> Marks(ServiceClass service, ImmutableArray<SopClass> classes, SopClass sop)
    {
        if (sop.IsRetired)
        {
            yield return "R";
        }

        if (sop.IsRelational)
        {
            yield return "Q";
        }

        if (sop.MessageClass is { } named && Positions(classes, [named]) is { Length: > 0 } position)
        {
            yield return "=" + position;
        }

        if (service.MetaSopClasses.FirstOrDefault(meta => meta.Keyword == sop.Keyword) is { } meta)
        {
            yield return "+" + Positions(classes, meta.Members.Select(static member => member.SopClass));
        }
    }

    /// <summary>"0,3", in the order of the page.</summary>
    private static string Positions(ImmutableArray<SopClass> classes, IEnumerable<string> keywords)
    {
        var wanted = keywords.ToImmutableHashSet(StringComparer.Ordinal);
        return string.Join(",", Enumerable.Range(0, classes.Length).Where(i => wanted.Contains(classes[i].Keyword)).Select(CSharpText.Number));
    }

    /// <summary>"NAction|M/U|0,3|Request cancel".</summary>
    private static string Line(ImmutableArray<SopClass> classes, DimseUsage usage) =>
        usage.Operation + "|" + Letter(usage.Scu) + "/" + Letter(usage.Scp) + "|" + Positions(classes, usage.SopClasses) + "|" + usage.Qualifier;

    private static char Letter(Usage usage) => usage switch
    {
        Usage.Mandatory => 'M',
        Usage.Conditional => 'C',
        Usage.Optional => 'U',
        _ => '-',
    };

    private static bool IsForeign(ServiceEmission emission, SopClass sop) => emission.Foreign.Contains(sop.Keyword, StringComparer.Ordinal);

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
}
