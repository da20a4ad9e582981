using System.Globalization;

namespace Specgen.Conformance;

/// <summary>What is said about each service class: SOP classes, types of actions and events, and statuses.</summary>
internal sealed class ServiceContent(ConformanceStatement statement, ConformanceOutline outline)
{
    /// <summary>Annex N has so many services; others come behind them.</summary>
    private const int ServicesOfTheTemplate = 8;

    /// <summary>"-/-" of PS3.4 §5.4.2; "-" alone is nothing that the one has to do.</summary>
    private const string NotAllowed = "Not allowed";

    /// <summary>The condition of a status that the author's other words leave out; the head of the column of classes.</summary>
    public const string NotSent = "Not sent.", StatusClass = "Service Status";

    /// <summary>Where PS3.2 §N.7.3 has the code in a row: behind its class and meaning.</summary>
    public const int CodeColumn = 2;

    public void Write()
    {
        var services = statement.Entities.SelectMany(static (e, i) => e.Services.Select(s => (Entity: e, Number: i + 1, Service: s))).GroupBy(static s => s.Service.ServiceClass)
            .Select(static all => (Of: AnnexN.Service(all.Key), Title: all.Key, All: all.ToList()))
            .OrderBy(static s => s.Of is { } known ? int.Parse(known.Number, CultureInfo.InvariantCulture) : int.MaxValue).ThenBy(static s => s.Title, StringComparer.Ordinal);
        var next = ServicesOfTheTemplate;
        foreach (var (of, title, all) in services)
        {
            var number = of?.Number ?? (++next).ToString(CultureInfo.InvariantCulture);
            WriteService(Add("N.5.2." + number, of?.IsRead), all);
            WriteStatuses(Add("N.7.3.2." + number, of?.AreStatusesRead), all);

            DocumentSection Add(string section, bool? isRead) => of is { } known ? outline.Add(section, known.Title, isRead == true) : outline.Add(section, title + " (not in the template)", false, "");
        }
    }

    private void WriteService(DocumentSection section, List<(ConformanceEntity Entity, int Number, ConformanceService Service)> all)
    {
        foreach (var (entity, _, service) in all)
        {
            WriteSopClasses(section, entity, service);
            WriteTypes(section, "Action Types", service.ActionTypes, service);
            WriteTypes(section, "Event Types", service.EventTypes, service);
            WriteKeys(section, entity.AETitle, service);
            if (service.StatusTables.Any(static t => t is { IsSent: true, Operation: DimseOperation.CMove or DimseOperation.CGet }))
            {
                section.Blocks.Add(new Paragraph(
                    "Sub-operations of C-MOVE and C-GET are C-STORE requests (SCU). Success counts as completed, a warning as a sub-operation with a warning, every other status as a failed one; none is sent again. SOP Instance UIDs of those that have failed are in the last response."));
            }

            foreach (var module in service.Modules)
            {
                WriteModule(section, service, module);
            }
        }
    }

    private void WriteSopClasses(DocumentSection section, ConformanceEntity entity, ConformanceService service)
    {
        var heading = $"{Names.Of(service.Role)} of the {service.ServiceClass}, {entity.AETitle}";
        if (TransferContent.Transferred(statement, service.Role).SetEquals(service.SopClasses.Select(static s => s.Uid)))
        {
            // PS3.2 §N.5.2.5 refers to the table of N.1.1.
            section.Blocks.Add(new Paragraph($"{heading}: C-STORE, for each SOP class of Table N.1-1 whose column DIMSE {Names.Of(service.Role)} says Yes."));
            return;
        }

        section.Blocks.Add(new Table(
            heading, ["SOP Class", "UID", "DIMSE Services"], [.. service.SopClasses.Select(s => (IReadOnlyList<string>)[s.Name, s.Uid, Operations(entity, service, s)])], []));
    }

    private static string Operations(ConformanceEntity entity, ConformanceService service, SopClass sopClass)
    {
        var performed = entity.Contexts.Where(c => c.SopClass.Uid == sopClass.Uid && c.Role == service.Role).ToList();
        var operations = performed.SelectMany(static c => c.Operations).Distinct().ToList();
        return operations.Count == 0 ? "None of its own" : string.Join(", ", operations.Select(Names.Of));
    }

    private static void WriteTypes(DocumentSection section, string what, IReadOnlyList<ConformanceType>? types, ConformanceService service)
    {
        if (types is not null)
        {
            section.Blocks.Add(new Table(
                $"{what} of the {service.ServiceClass} - {Names.Of(service.Role)}",
                ["ID", what[..^1]],
                [.. types.Select(static t => (IReadOnlyList<string>)[t.Id.ToString(CultureInfo.InvariantCulture), t.Name])],
                []));
        }
    }

    /// <summary>PS3.2 Table N.5-18: the keys of each level.</summary>
    private void WriteKeys(DocumentSection section, string title, ConformanceService service)
    {
        if (service.Keys is null)
        {
            if (!outline.IsWritten(section.Number))
            {
                section.Blocks.Add(new ToBeWritten("The keys that queries may have are not said (SupportedKeys)."));
                outline.Miss(section, $"the keys that queries may have (SupportedKeys, or {section.Number}.md)");
            }

            return;
        }

        foreach (var level in service.Keys.GroupBy(static k => k.Level))
        {
            section.Blocks.Add(new Table(
                $"Supported C-FIND Attribute Matching{(level.Key.Length == 0 ? "" : $", {level.Key} Level")}, {title} - {Names.Of(service.Role)}",
                ["Attribute Name", "Tag", "Matching Type", "Comments"],
                [.. level.Select(static k => (IReadOnlyList<string>)[k.Name, k.Tag, string.Join(", ", k.Matching), k.Kind])],
                []));
        }

        if (service.Keys.Count > 0)
        {
            section.Blocks.Add(new Paragraph(
                "SINGLE_VALUE also takes several values with backslashes between them; what a key has asked for is given back. Other keys are ignored, and the matches then go out as FF01. A key that is UNIVERSAL alone is given back, and not matched."));
        }
    }

    private static void WriteModule(DocumentSection section, ConformanceService service, ConformanceModule module) => section.Blocks.Add(new Table(
        $"Attributes of {Names.Of(module.Operation)} {(module.IsReply ? "Responses" : "Requests")}{(module.Of.Length == 0 ? "" : $" ({module.Of})")} - {Names.Of(service.Role)}",
        ["Attribute Name", "Tag", "SCU", "SCP"],
        [.. module.Attributes.Select(static a => (IReadOnlyList<string>)[a.Name, a.Tag, .. a is { Scu: "-", Scp: "-" } ? [NotAllowed, NotAllowed] : new[] { a.Scu, a.Scp }])],
        []));

    private void WriteStatuses(DocumentSection above, List<(ConformanceEntity Entity, int Number, ConformanceService Service)> all)
    {
        foreach (var (entity, number, service) in all)
        {
            foreach (var table in service.StatusTables)
            {
                WriteStatuses(above, entity, number, service, table);
            }
        }
    }

    private void WriteStatuses(DocumentSection above, ConformanceEntity entity, int number, ConformanceService service, ConformanceStatusTable table)
    {
        var of = AnnexN.Table(service.ServiceClass, table.Operation, table.Role);
        var heading = of is { Title.Length: > 0 } named ? named.Title : $"{Names.Of(table.Role)} of the {service.ServiceClass} - {Names.Of(table.Operation)}";
        var isFirst = of is { } known && !above.All.Any(s => s.Number == known.Section);
        var section = isFirst
            ? outline.Add(of!.Value.Section, heading, of.Value.IsRead)
            : ConformanceOutline.AddBelow(above, $"{number}_{service.Role}_{table.Operation}", $"{heading}, {entity.AETitle}");
        var notes = new List<string>();
        var isSent = table.IsSent;
        section.Blocks.Add(new Table(
            of is { TableTitle.Length: > 0 } ? of.Value.TableTitle : $"Status Codes {Names.Of(table.Operation)} of the {service.ServiceClass} - {Names.Of(table.Role)}",
            isSent ? [StatusClass, "Further Meaning", "Status Code", "Related Fields", "Condition"] : [StatusClass, "Further Meaning", "Status Code", "Behavior"],
            [.. table.Rows.Select(row => Row(row, isSent, notes))],
            notes) { Number = isFirst ? of!.Value.Table : "", Head = CodeColumn });
        var silent = table.Rows.Where(static r => r.Text.Length == 0).Select(static r => r.Codes).ToList();
        if (silent.Count > 0)
        {
            outline.Miss(section, isSent ? $"when {string.Join(", ", silent)} are sent ([Sends])" : $"what is done about {string.Join(", ", silent)} ([OnStatus], [OtherStatuses])");
        }
    }

    private static string[] Row(ConformanceStatusRow row, bool isSent, List<string> notes)
    {
        var codes = row.Codes;
        if (row.Misprint is { } misprint)
        {
            notes.Add(misprint);
            codes = $"{codes} [{notes.Count}]";
        }

        var text = row.Text.Length == 0 ? "(Not said yet)" : row.Text;
        var category = row.Category?.ToString() ?? "-";
        return isSent ? [category, row.Meaning, codes, row.RelatedFields.Length == 0 ? "N/A" : row.RelatedFields, text] : [category, row.Meaning, codes, text];
    }
}
