namespace Specgen.Conformance;

/// <summary>What is said about the product and its application entities.</summary>
internal sealed class GeneralContent(ConformanceStatement statement, ConformanceOutline outline)
{
    private const string Association = "N.7.1.1";

    public void Write()
    {
        WriteIntroduction();
        WriteModel();
        for (var i = 0; i < statement.Entities.Count; i++)
        {
            WriteEntity(statement.Entities[i], i + 1);
        }

        WriteParameters("N.6.2", "Configuration Parameters");
        WriteParameters("N.8.3", "TCP Ports");
        WriteParameters("N.8.4", "Security Profiles");
        WriteParameters("N.8.5", "User Identity Negotiation");
        outline["N.6.1"].Blocks.Add(new Paragraph("Parameters are options of the application entity. Those that can be configured are in this table and in the next one, with the option's name and the value that it has without other configuration."));
        outline["N.6.1"].Blocks.Add(Parameters("General Configuration Parameters", Association, static p => p.Option.Length > 0) with { Number = "N.6-1" });
        outline["N.7.1.1"].Blocks.Add(new Paragraph("Each application entity has its own association parameters: see Association Parameters in 7.2."));
        WriteFailures();
    }

    /// <summary>PS3.2 Tables N.7-8 and N.7-9, and the statuses that belong to no service class.</summary>
    private void WriteFailures()
    {
        outline["N.7.3.1.1"].Blocks.Add(new Table(
            "DICOM Communication Failure Behavior as Association Initiator",
            ["Failure", "Failure Behavior"],
            [
                ["Timeout", "The association is aborted (A-ABORT), and what was under way has failed."],
                ["Association aborted", "What was under way has failed; nothing is sent again by itself, but for the reports and notifications of which this statement says so."],
                ["Network Disconnect", "As if the association was aborted."],
            ],
            []) { Number = "N.7-8" });
        outline["N.7.3.1.2"].Blocks.Add(new Table(
            "DICOM Communication Failure Handling as Association Acceptor",
            ["Failure", "Failure Behavior"],
            [
                ["Timeout", "A connection without an association is closed, an association on which nothing is sent is aborted (A-ABORT), after the times of 7.2."],
                ["Association aborted", "Requests under way are cancelled. What has come of an instance is not taken for the whole of it."],
                ["Network Disconnect", "As if the association was aborted."],
            ],
            []) { Number = "N.7-9" });
        outline["N.7.3.1"].Blocks.Add(new Paragraph("Statuses of the service classes are in 7.3.2. A request that no service class has a status for is answered with one of these:"));
        outline["N.7.3.1"].Blocks.Add(new Table(
            "Status Codes of every DIMSE service - SCP",
            [ServiceContent.StatusClass, "Further Meaning", "Status Code", "Condition"],
            [
                ["Failure", "SOP Class not supported", "0122", "DIMSE-C: the request is of another SOP class, or another role, than its presentation context."],
                ["Failure", "No such SOP Class", "0118", "DIMSE-N: the request is of another SOP class, or another role, than its presentation context."],
                ["Failure", "Unrecognized operation", "0211", "The SOP class is served, but not with this DIMSE service."],
            ],
            []) { Head = ServiceContent.CodeColumn });
    }

    private void WriteIntroduction()
    {
        outline["N.3.2"].Blocks.Add(new Paragraph("Who integrates the product with other DICOM applications: administrators, engineers, buyers. They know DICOM and its terms."));
        outline["N.3.3"].Blocks.Add(new Paragraph(
            $"This statement was generated from the program that it describes. Its outline is that of PS3.2 {AnnexN.Edition} Annex N, its status tables are those of the service classes' own pages, and what an implementation decides stands beside the code that does it. "
            + "That two applications conform does not make sure that they work together: test it."));
        outline["N.3.4"].Blocks.Add(new Paragraph("Terms are those of the DICOM standard (PS3.2, section 3)."));
        outline["N.3.5"].Blocks.Add(new BulletList(["AE: Application Entity", "PDU: Protocol Data Unit", "SCP: Service Class Provider", "SCU: Service Class User", "SOP: Service-Object Pair", "TLS: Transport Layer Security", "UID: Unique Identifier"]));
        outline["N.3.6"].Blocks.Add(new Paragraph("NEMA PS3, Digital Imaging and Communications in Medicine (DICOM) Standard, https://www.dicomstandard.org."));
        outline["N.2"].Blocks.Add(new Paragraph("The contents stand before the first section."));
    }

    private void WriteModel()
    {
        outline["N.4"].Blocks.Add(new Paragraph("Application entities, and what they do:"));
        foreach (var entity in statement.Entities)
        {
            outline["N.4.1"].Blocks.Add(new Paragraph($"{entity.AETitle}:"));
            outline["N.4.1"].Blocks.Add(new BulletList(
            [
                .. entity.Services.Select(static s =>
                    $"{(s.Role == DicomRole.Scp ? "provides" : "uses")} the {s.ServiceClass}: {string.Join(", ", s.StatusTables.Select(static t => (t.IsSent ? "answers " : "requests ") + Names.Of(t.Operation)))}"),
            ]));
        }

        outline["N.5.1"].Blocks.Add(new Table(
            "Mapping of Services to Application Entities",
            ["Service", "Role", "Application Entity"],
            [
                .. statement.Entities.SelectMany(static e => e.Services.Select(s => (e.AETitle, s.ServiceClass, s.Role))).GroupBy(static s => (s.ServiceClass, s.Role)).OrderBy(static s => s.Key.ServiceClass, StringComparer.Ordinal)
                    .Select(static s => (IReadOnlyList<string>)[s.Key.ServiceClass, Names.Of(s.Key.Role), string.Join(", ", s.Select(static e => e.AETitle))]),
            ],
            []));
    }

    private void WriteEntity(ConformanceEntity entity, int number)
    {
        DocumentSection Add(string below, string title, bool isChecked) => outline.Add($"N.7.2.{number}{below}", title, isChecked, "N.7.2.1" + below);

        Add("", $"{entity.AETitle} Application Entity", true);
        var sequencing = Add(".1", $"Sequencing of Real-World Activities for {entity.AETitle}", true);
        if (!outline.IsWritten(sequencing.Number))
        {
            sequencing.Blocks.Add(new ToBeWritten(ConformanceOutline.ToBeWritten(sequencing)));
            outline.Miss(sequencing, $"to be written by hand ({sequencing.Number}.md)");
        }

        Add(".2", $"Association Parameters of {entity.AETitle}", true).Blocks.Add(new Table(
            $"Association Parameters for {entity.AETitle}",
            ["Name", "Value", "Configurable"],
            [.. entity.Parameters.Where(static p => p.Section == Association).Select(static p => (IReadOnlyList<string>)[p.Name, p.Value, IsConfigurable(p)])],
            []) { Number = number == 1 ? "N.7-2" : "" });
        WritePolicy(entity, Add(".3", "Association Initiation", true), true);
        WritePolicy(entity, Add(".4", "Association Acceptance", false), false);
    }

    private void WritePolicy(ConformanceEntity entity, DocumentSection section, bool isInitiated)
    {
        var rows = entity.Policies.Where(p => p.Section == section.Template).Select(static p => (IReadOnlyList<string>)[p.Name, p.Value, p.Option]).ToList();
        if (rows.Count > 0)
        {
            section.Blocks.Add(new Table($"Association {(isInitiated ? "Initiation" : "Acceptance")} Policies of {entity.AETitle}", ["Subject", "Policy", "Option"], rows, []));
        }

        var contexts = entity.Contexts.Where(c => c.IsInitiated == isInitiated).ToList();
        if (contexts.Count == 0)
        {
            // What else initiates or accepts associations in its name only the author knows.
            if (!outline.IsWritten(section.Number))
            {
                section.Blocks.Add(new Paragraph($"{entity.AETitle} {(isInitiated ? "proposes" : "accepts")} no presentation context of its own."));
            }

            return;
        }

        section.Blocks.Add(new Table(
            $"{(isInitiated ? "Proposed" : "Accepted")} Presentation Contexts of {entity.AETitle}",
            ["Abstract Syntax", "UID", "Role", "Transfer Syntaxes, best first", "Extended Negotiation"],
            [
                .. contexts.Select(static c => (IReadOnlyList<string>)
                [
                    c.SopClass.Name,
                    c.SopClass.Uid,
                    Names.Of(c.Role),
                    TransferContent.Syntaxes(c.TransferSyntaxes),
                    c.ExtendedNegotiation.Count == 0 ? "None" : string.Join("; ", c.ExtendedNegotiation),
                ]),
            ],
            []));
    }

    private void WriteParameters(string section, string title) => outline[section].Blocks.Add(Parameters(title, section, static _ => true));

    /// <summary>As PS3.2 Table N.6-1 has it.</summary>
    private Table Parameters(string title, string section, Func<ConformanceParameter, bool> filter) => new(
        title,
        ["Parameter", "Configurable", "Value", "Application Entity"],
        [.. statement.Entities.SelectMany(e => e.Parameters.Where(p => p.Section == section && filter(p)).Select(p => (IReadOnlyList<string>)[p.Name, IsConfigurable(p), p.Value, e.AETitle]))],
        []);

    private static string IsConfigurable(ConformanceParameter parameter) => parameter.Option.Length == 0 ? "No" : "Yes, " + parameter.Option;
}
