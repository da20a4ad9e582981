namespace Specgen.Conformance;

/// <summary>What is said about the product and its application entities.</summary>
internal sealed class GeneralContent(ConformanceStatement statement, ConformanceOutline outline)
{
    public void Write()
    {
        WriteOverview();
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
        outline["N.6.1"].Blocks.Add(new Paragraph("Parameters are options of the application entity; those that can be configured are in the tables below, with the option's name."));
        outline["N.7.1.1"].Blocks.Add(new Paragraph("Each application entity has its own association parameters: see Association Parameters in 7.2."));
        WriteFailures();
    }

    /// <summary>PS3.2 Tables N.7-8 and N.7-9, and the statuses that belong to no service class.</summary>
    private void WriteFailures()
    {
        outline["N.7.3.1.1"].Blocks.Add(new Table(
            "Table N.7-8. DICOM Communication Failure Behavior as Association Initiator",
            ["Failure", "Failure Behavior"],
            [
                ["Timeout", "The association is aborted (A-ABORT), and what was under way has failed."],
                ["Association aborted", "What was under way has failed; nothing is sent again by itself, but for the reports and notifications of which this statement says so."],
                ["Network Disconnect", "As if the association was aborted."],
            ],
            []));
        outline["N.7.3.1.2"].Blocks.Add(new Table(
            "Table N.7-9. DICOM Communication Failure Handling as Association Acceptor",
            ["Failure", "Failure Behavior"],
            [
                ["Timeout", "A connection without an association is closed, an association on which nothing is sent is aborted (A-ABORT), after the times of 7.2."],
                ["Association aborted", "Requests under way are cancelled. Nothing is left of an instance that did not come whole."],
                ["Network Disconnect", "As if the association was aborted."],
            ],
            []));
        outline["N.7.3.1"].Blocks.Add(new Paragraph("Statuses of the service classes are in 7.3.2. A request that no service class has a status for is answered with one of these:"));
        outline["N.7.3.1"].Blocks.Add(new Table(
            "Status Codes of every DIMSE service - SCP",
            ["Status Code", ServiceContent.StatusClass, "Further Meaning", "Condition"],
            [
                ["0122", "Failure", "SOP Class not supported", "DIMSE-C: the request is of another SOP class, or another role, than its presentation context."],
                ["0118", "Failure", "No such SOP Class", "DIMSE-N: the request is of another SOP class, or another role, than its presentation context."],
                ["0211", "Failure", "Unrecognized operation", "The SOP class is served, but not with this DIMSE service."],
            ],
            []));
    }

    private void WriteOverview()
    {
        var uses = new List<IReadOnlyList<string>>();
        foreach (var sopClass in Classes())
        {
            uses.Add([sopClass.Name, sopClass.Uid, HasRole(sopClass, DicomRole.Scu) ? "Yes" : "No", HasRole(sopClass, DicomRole.Scp) ? "Yes" : "No"]);
        }

        var transfers = statement.Entities.Any(static e => e.Services.Any(static s => s.StatusTables.Any(static t => t.Operation == DimseOperation.CStore)));
        outline["N.1.1"].Blocks.Add(new Paragraph(transfers ? "SOP classes whose instances are transferred are among the services of the next section." : "No instances are transferred."));
        outline["N.1.2"].Blocks.Add(new Table("DIMSE Services", ["SOP Class", "UID", "User of Service (SCU)", "Provider of Service (SCP)"], uses, []));
    }

    private void WriteIntroduction()
    {
        outline["N.3.2"].Blocks.Add(new Paragraph("Who integrates the product with other DICOM applications: administrators, engineers, buyers. They know DICOM and its terms."));
        outline["N.3.3"].Blocks.Add(new Paragraph(
            $"This statement was generated from the program that it describes. Its outline is that of PS3.2 {AnnexN.Edition} Annex N, its status tables are those of the service classes' own pages, and what an implementation decides stands beside the code that does it. "
            + "That two applications conform does not make sure that they work together: test it."));
        outline["N.3.3"].Blocks.Add(new Paragraph("Sections of the template that could not be read in their published form, and whose outline is to be checked against it:"));
        outline["N.3.4"].Blocks.Add(new Paragraph("Terms are those of the DICOM standard (PS3.2, section 3)."));
        outline["N.3.5"].Blocks.Add(new BulletList(["AE: Application Entity", "PDU: Protocol Data Unit", "SCP: Service Class Provider", "SCU: Service Class User", "SOP: Service-Object Pair", "TLS: Transport Layer Security", "UID: Unique Identifier"]));
        outline["N.3.6"].Blocks.Add(new Paragraph("NEMA PS3, Digital Imaging and Communications in Medicine (DICOM) Standard, https://www.dicomstandard.org."));
        outline["N.3.3"].Blocks.Add(new BulletList([.. outline.All.Where(static s => !s.IsChecked).Select(static s => $"{s.Number} {s.Title}")]));
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
        var section = outline.Add($"N.7.2.{number}", $"{entity.AETitle} Application Entity", true);
        var sequencing = outline.Add($"{section.Number}.1", $"Sequencing of Real-World Activities for {entity.AETitle}", true);
        if (!statement.Snippets.ContainsKey(sequencing.Number))
        {
            sequencing.Blocks.Add(new ToBeWritten($"To be written by hand, in {sequencing.Number}.md of the folder of snippets."));
            outline.Miss(sequencing, $"to be written by hand ({sequencing.Number}.md)");
        }

        outline.Add($"{section.Number}.2", $"Association Parameters of {entity.AETitle}", true).Blocks.Add(Parameters($"Table {(number == 1 ? "N.7-2" : "N.7-2, repeated")}. Association Parameters for {entity.AETitle}", [entity], "N.7.1.1"));
        WritePolicy(entity, outline.Add($"{section.Number}.3", "Association Initiation", true), "N.7.2.1.3", true);
        WritePolicy(entity, outline.Add($"{section.Number}.4", "Association Acceptance", false), "N.7.2.1.4", false);
    }

    private static void WritePolicy(ConformanceEntity entity, DocumentSection section, string policies, bool isInitiated)
    {
        var rows = entity.Policies.Where(p => p.Section == policies).Select(static p => (IReadOnlyList<string>)[p.Name, p.Value, p.Option]).ToList();
        if (rows.Count > 0)
        {
            section.Blocks.Add(new Table($"Association {(isInitiated ? "Initiation" : "Acceptance")} Policies of {entity.AETitle}", ["Subject", "Policy", "Option"], rows, []));
        }

        var contexts = entity.Contexts.Where(c => c.IsInitiated == isInitiated).ToList();
        if (contexts.Count == 0)
        {
            section.Blocks.Add(new Paragraph($"{entity.AETitle} {(isInitiated ? "proposes" : "accepts")} no presentation context of its own."));
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
                    c.TransferSyntaxes.Count == 0 ? "Any of PS3.6 Table A-1 that the program knows, in the requestor's order" : string.Join("; ", c.TransferSyntaxes.Select(static uid => $"{Names.SyntaxName(uid)} ({uid})")),
                    c.ExtendedNegotiation.Count == 0 ? "None" : string.Join("; ", c.ExtendedNegotiation),
                ]),
            ],
            []));
    }

    private void WriteParameters(string section, string title) => outline[section].Blocks.Add(Parameters(title, statement.Entities, section));

    private static Table Parameters(string title, IReadOnlyList<ConformanceEntity> entities, string section) => new(
        title,
        ["Parameter", "Value", "Configurable", "Application Entity"],
        [.. entities.SelectMany(e => e.Parameters.Where(p => p.Section == section).Select(p => (IReadOnlyList<string>)[p.Name, p.Value, p.Option.Length == 0 ? "No" : "Yes, " + p.Option, e.AETitle]))],
        []);

    private IEnumerable<SopClass> Classes() => statement.Entities.SelectMany(static e => e.Services).SelectMany(static s => s.SopClasses).DistinctBy(static s => s.Uid);

    private bool HasRole(SopClass sopClass, DicomRole role) => statement.Entities.Any(e => e.Services.Any(s => s.Role == role && s.SopClasses.Any(c => c.Uid == sopClass.Uid)));
}
