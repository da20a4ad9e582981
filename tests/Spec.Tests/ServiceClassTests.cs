namespace Specgen.Spec.Tests;

/// <summary>What the service classes have of their own, written down here a second time: codes, usages and types as they stand in the tables of PS3.4.</summary>
[TestClass]
public sealed class ServiceClassTests
{
    [TestMethod]
    [DataRow("application_event_logging.rst", "N-ACTION", "B101 Warning|B102 Warning|B104 Warning|C101 Failure|C102 Failure|C103 Failure|C104 Failure|C10E Failure|C110 Failure|C111 Failure", DisplayName = "application_event_logging, N-ACTION: PS3.4 Tables P.2-3, P.3-3")]
    [DataRow("basic_worklist_management.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "basic_worklist_management, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("color_palette_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "color_palette_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("color_palette_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "color_palette_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("color_palette_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "color_palette_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("defined_procedure_protocol_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "defined_procedure_protocol_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("defined_procedure_protocol_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "defined_procedure_protocol_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("defined_procedure_protocol_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "defined_procedure_protocol_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("hanging_protocol_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "hanging_protocol_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("hanging_protocol_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "hanging_protocol_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("hanging_protocol_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "hanging_protocol_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("implant_template_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "implant_template_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("implant_template_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "implant_template_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("implant_template_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "implant_template_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("inventory_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "inventory_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("inventory_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "inventory_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("inventory_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "inventory_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("media_creation_management.rst", "N-ACTION", "A510 Failure|C201 Failure|C202 Failure|C203 Failure", DisplayName = "media_creation_management, N-ACTION: PS3.4 Tables S.3.2.2.4-1, S.3.2.3.4-1")]
    [DataRow("media_creation_management.rst", "N-CREATE", "A510 Failure", DisplayName = "media_creation_management, N-CREATE: PS3.4 Table S.3.2.2.4-1")]
    [DataRow("media_creation_management.rst", "N-GET", "0001 Warning", DisplayName = "media_creation_management, N-GET: PS3.4 Table S.3.2.4.4-1")]
    [DataRow("modality_performed_procedure_step.rst", "N-GET", "0001 Warning", DisplayName = "modality_performed_procedure_step, N-GET: PS3.4 Table F.8.2-2")]
    [DataRow("non_patient_object_storage.rst", "C-STORE", "A700 Failure|A900 Failure|C000 Failure", DisplayName = "non_patient_object_storage, C-STORE: PS3.4 Table GG.4-1")]
    [DataRow("print_management.rst", "N-ACTION", "B601 Warning|B602 Warning|B603 Warning|B604 Warning|B609 Warning|B60A Warning|C600 Failure|C601 Failure|C602 Failure|C603 Failure|C613 Failure", DisplayName = "print_management, N-ACTION: PS3.4 Tables H.4-4, H.4-9")]
    [DataRow("print_management.rst", "N-CREATE", "B600 Warning|B605 Warning|C616 Failure", DisplayName = "print_management, N-CREATE: PS3.4 Tables H.4.1.2.1.2-1, H.4.2.2.1.2-1, H.4.9.2.1.2-1")]
    [DataRow("print_management.rst", "N-SET", "B600 Warning|B604 Warning|B605 Warning|B609 Warning|B60A Warning|C603 Failure|C605 Failure|C613 Failure|C616 Failure", DisplayName = "print_management, N-SET: PS3.4 Tables H.4.1.2.1.2-1, H.4.2.2.1.2-1, H.4.3.1.2.1.2-1, H.4.3.2.2.1.2-1")]
    [DataRow("protocol_approval_query_retrieve.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "protocol_approval_query_retrieve, C-FIND: PS3.4 Table K.4-1")]
    [DataRow("protocol_approval_query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "protocol_approval_query_retrieve, C-GET: PS3.4 Table C.4-3")]
    [DataRow("protocol_approval_query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "protocol_approval_query_retrieve, C-MOVE: PS3.4 Table C.4-2")]
    [DataRow("query_retrieve.rst", "C-FIND", "A700 Failure|A710 Failure|A900 Failure|B001 Warning|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "query_retrieve, C-FIND: PS3.4 Table C.4-1 and C.6.4")]
    [DataRow("query_retrieve.rst", "C-GET", "A701 Failure|A702 Failure|A900 Failure|AA00 Failure|AA01 Failure|AA02 Failure|AA03 Failure|AA04 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "query_retrieve, C-GET: PS3.4 Tables C.4-3, Y.4-2, Z.4-1")]
    [DataRow("query_retrieve.rst", "C-MOVE", "A701 Failure|A702 Failure|A801 Failure|A900 Failure|AA00 Failure|AA01 Failure|AA02 Failure|AA03 Failure|AA04 Failure|B000 Warning|C000-CFFF Failure|FF00 Pending", DisplayName = "query_retrieve, C-MOVE: PS3.4 Tables C.4-2, Y.4-1")]
    [DataRow("relevant_patient_information_query.rst", "C-FIND", "A700 Failure|A900 Failure|C000 Failure|C100 Failure|C200 Failure|FF00 Pending", DisplayName = "relevant_patient_information_query, C-FIND: PS3.4 Table Q.2-1")]
    [DataRow("rt_machine_verification.rst", "N-ACTION", "C112 Failure", DisplayName = "rt_machine_verification, N-ACTION: PS3.4 Table DD.3.2.3-2")]
    [DataRow("rt_machine_verification.rst", "N-CREATE", "C221 Failure|C222 Failure|C223 Failure|C227 Failure", DisplayName = "rt_machine_verification, N-CREATE: PS3.4 Table DD.3.2.1.2-1")]
    [DataRow("rt_machine_verification.rst", "N-GET", "C112 Failure", DisplayName = "rt_machine_verification, N-GET: PS3.4 Table DD.3.2.2.3-1")]
    [DataRow("rt_machine_verification.rst", "N-SET", "C224 Failure|C225 Failure|C226 Failure", DisplayName = "rt_machine_verification, N-SET: PS3.4 Table DD.3.2.1.2-2")]
    [DataRow("storage.rst", "C-STORE", "A700-A7FF Failure|A900-A9FF Failure|B000 Warning|B006 Warning|B007 Warning|C000-CFFF Failure", DisplayName = "storage, C-STORE: PS3.4 Table B.2-1")]
    [DataRow("storage_management.rst", "N-ACTION", "B010 Warning", DisplayName = "storage_management, N-ACTION: PS3.4 Table KK.2.2.3-1")]
    [DataRow("substance_administration_query.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "substance_administration_query, C-FIND: PS3.4 Table V.4-1")]
    [DataRow("unified_procedure_step.rst", "C-FIND", "A700 Failure|A900 Failure|C000-CFFF Failure|FF00 Pending|FF01 Pending", DisplayName = "unified_procedure_step, C-FIND: PS3.4 Table CC.2.8-2")]
    [DataRow("unified_procedure_step.rst", "N-ACTION", "B301 Warning|B304 Warning|B306 Warning|C300 Failure|C301 Failure|C302 Failure|C303 Failure|C304 Failure|C307 Failure|C308 Failure|C310 Failure|C311 Failure|C312 Failure|C313 Failure|C314 Failure|C315 Failure", DisplayName = "unified_procedure_step, N-ACTION: PS3.4 Tables CC.2.1-2, CC.2.2-2, CC.2.3-3")]
    [DataRow("unified_procedure_step.rst", "N-CREATE", "B300 Warning|C309 Failure", DisplayName = "unified_procedure_step, N-CREATE: PS3.4 Table CC.2.5-4")]
    [DataRow("unified_procedure_step.rst", "N-GET", "0001 Warning|C307 Failure", DisplayName = "unified_procedure_step, N-GET: PS3.4 Table CC.2.7-1")]
    [DataRow("unified_procedure_step.rst", "N-SET", "0001 Warning|B305 Warning|C300 Failure|C301 Failure|C307 Failure|C310 Failure", DisplayName = "unified_procedure_step, N-SET: PS3.4 Table CC.2.6-1")]
    public void Statuses_of_a_service_class_are_those_of_its_table(string page, string service, string codes) => Assert.AreEqual(
        codes,
        string.Join('|', Repository.Page(page).Statuses.Where(row => row.Service == service && !IsGeneral(row.Status)).Select(static row => row.Status)
            .OrderBy(static status => status.First).Select(static status => $"{status.First:X4}{(status.First == status.Last ? "" : $"-{status.Last:X4}")} {status.Category}")));

    /// <summary>Of the DIMSE services that are not above, the service classes have no status of their own.</summary>
    [TestMethod]
    public void Other_services_have_general_statuses_only()
    {
        var services = typeof(ServiceClassTests).GetMethod(nameof(Statuses_of_a_service_class_are_those_of_its_table))!.GetCustomAttributes(typeof(DataRowAttribute), false)
            .Cast<DataRowAttribute>().Select(static row => $"{row.Data[0]} {row.Data[1]}").ToHashSet();
        foreach (var page in Repository.Pages)
        {
            foreach (var (service, status) in page.Statuses.Where(row => !services.Contains($"{page.Name} {row.Service}")))
            {
                Assert.IsTrue(IsGeneral(status), $"{page.Name}, {service}: {status}");
            }
        }
    }

    /// <summary>Where a status comes from stands beside it: PS3.7's classes for the general ones, a table or section of PS3.4 for the rest.</summary>
    [TestMethod]
    public void Statuses_name_their_section()
    {
        var general = Repository.Page("general_statuses.rst").Tables.Single().Rows.ToDictionary(static row => row[0], static row => "PS3.7 " + row[3]);
        foreach (var page in Repository.Pages)
        {
            foreach (var row in page.StatusTables.SelectMany(static pair => pair.Table.Rows.Select(row => (Code: row[0], Section: pair.Table.Cell(row, "Section")))))
            {
                if (general.TryGetValue(row.Code, out var section))
                {
                    Assert.AreEqual(section, row.Section, $"{page.Name}: {row.Code}");
                }
                else
                {
                    Assert.MatchesRegex(@"^PS3\.4 (Tables? )?[A-Z]{1,2}\.", row.Section, $"{page.Name}: {row.Code}");
                }
            }
        }
    }

    /// <summary>M is Mandatory, U is Optional (PS3.4 §5.4).</summary>
    [TestMethod]
    [DataRow("BasicFilmSession", "N-CREATE M/M, N-SET U/M, N-DELETE U/M, N-ACTION U/U", DisplayName = "BasicFilmSession: PS3.4 Table H.4-1")]
    [DataRow("BasicFilmBox", "N-CREATE M/M, N-ACTION M/M, N-DELETE U/M, N-SET U/U", DisplayName = "BasicFilmBox: PS3.4 Table H.4-5")]
    [DataRow("BasicGrayscaleImageBox", "N-SET M/M", DisplayName = "BasicGrayscaleImageBox: PS3.4 Table H.4.3.1.2-1")]
    [DataRow("BasicColorImageBox", "N-SET M/M", DisplayName = "BasicColorImageBox: PS3.4 Table H.4.3.2.2-1")]
    [DataRow("BasicAnnotationBox", "N-SET U/M", DisplayName = "BasicAnnotationBox: PS3.4 Table H.4.4.2-1")]
    [DataRow("PrintJob", "N-EVENT-REPORT M/M, N-GET U/M", DisplayName = "PrintJob: PS3.4 Table H.4.5.2-1")]
    [DataRow("Printer", "N-EVENT-REPORT M/M, N-GET U/M", DisplayName = "Printer: PS3.4 Table H.4.6.2-1")]
    [DataRow("PresentationLUT", "N-CREATE M/M, N-DELETE U/M", DisplayName = "PresentationLUT: PS3.4 Table H.4.9.2-1")]
    [DataRow("PrinterConfigurationRetrieval", "N-GET M/M", DisplayName = "PrinterConfigurationRetrieval: PS3.4 Table H.4.11.2-1")]
    [DataRow("ModalityPerformedProcedureStep", "N-CREATE M/M, N-SET M/M", DisplayName = "ModalityPerformedProcedureStep: PS3.4 Table F.7.1-1")]
    [DataRow("ModalityPerformedProcedureStepRetrieve", "N-GET M/M", DisplayName = "ModalityPerformedProcedureStepRetrieve: PS3.4 Table F.8.1-1")]
    [DataRow("ModalityPerformedProcedureStepNotification", "N-EVENT-REPORT M/M", DisplayName = "ModalityPerformedProcedureStepNotification: PS3.4 Table F.9.1-1")]
    [DataRow("StorageCommitmentPushModel", "N-EVENT-REPORT M/M, N-ACTION M/M", DisplayName = "StorageCommitmentPushModel: PS3.4 Table J.3.1-1")]
    [DataRow("ProceduralEventLogging", "N-ACTION M/M", DisplayName = "ProceduralEventLogging: PS3.4 Table P.2-1")]
    [DataRow("SubstanceAdministrationLogging", "N-ACTION M/M", DisplayName = "SubstanceAdministrationLogging: PS3.4 Table P.3-1")]
    [DataRow("InstanceAvailabilityNotification", "N-CREATE M/M", DisplayName = "InstanceAvailabilityNotification: PS3.4 Table R.3.1-1")]
    [DataRow("MediaCreationManagement", "N-CREATE M/M, N-ACTION M/M, N-GET U/M", DisplayName = "MediaCreationManagement: PS3.4 Table S.3.1-1")]
    [DataRow("UnifiedProcedureStepPush", "N-CREATE M/M, N-ACTION - Request UPS Cancel U/M, N-GET U/M", DisplayName = "UnifiedProcedureStepPush: PS3.4 Table CC.2-1")]
    [DataRow("UnifiedProcedureStepPull", "C-FIND M/M, N-GET M/M, N-SET M/M, N-ACTION - Change UPS State M/M", DisplayName = "UnifiedProcedureStepPull: PS3.4 Table CC.2-2")]
    [DataRow("UnifiedProcedureStepWatch", "N-ACTION - Un/Subscribe M/M, N-GET M/M, C-FIND U/M, N-ACTION - Request UPS Cancel U/M", DisplayName = "UnifiedProcedureStepWatch: PS3.4 Table CC.2-3")]
    [DataRow("UnifiedProcedureStepEvent", "N-EVENT-REPORT M/M", DisplayName = "UnifiedProcedureStepEvent: PS3.4 Table CC.2-4")]
    [DataRow("UnifiedProcedureStepQuery", "C-FIND M/M", DisplayName = "UnifiedProcedureStepQuery: PS3.4 Table CC.2-5")]
    [DataRow("RTConventionalMachineVerification", "N-CREATE M/M, N-SET M/M, N-GET M/M, N-ACTION M/M, N-DELETE M/M, N-EVENT-REPORT M/M", DisplayName = "RTConventionalMachineVerification: PS3.4 Table DD.3.2-1")]
    [DataRow("RTIonMachineVerification", "N-CREATE M/M, N-SET M/M, N-GET M/M, N-ACTION M/M, N-DELETE M/M, N-EVENT-REPORT M/M", DisplayName = "RTIonMachineVerification: PS3.4 Table DD.3.2-1")]
    [DataRow("DisplaySystem", "N-GET M/M", DisplayName = "DisplaySystem: PS3.4 Table EE.2.2-1")]
    public void Usages_of_a_sop_class_are_those_of_its_service_group(string keyword, string usages)
    {
        var rows = Repository.Pages.Where(page => page.SopClasses.Any(sopClass => sopClass.Keyword == keyword)).SelectMany(static page => page.UsageTables).SelectMany(table => table.Rows.Zip(table.Labels)
            .Where(pair => pair.Second.Count == 0 || pair.Second.Any(label => RegistryRow.KeywordOf(label) == keyword))
            .Select(static pair => $"{pair.First[0]} {pair.First[1].Replace("Mandatory", "M", StringComparison.Ordinal).Replace("Optional", "U", StringComparison.Ordinal)}"));

        Assert.AreEqual(usages, string.Join(", ", rows), ignoreCase: true);
    }

    /// <summary>The service classes of composite instances and of queries: one DIMSE service a SOP class, mandatory for both.</summary>
    [TestMethod]
    public void Composite_services_are_mandatory_and_follow_from_the_name()
    {
        foreach (var page in Repository.Pages.Where(static page => page.UsageTables.Any() && page.UsageTables.All(static table => table.Column("DIMSE Service").All(static service => service.StartsWith("C-", StringComparison.Ordinal)))))
        {
            foreach (var (row, labels) in page.UsageTables.SelectMany(static table => table.Rows.Zip(table.Labels)))
            {
                Assert.AreEqual("Mandatory/Mandatory", row[1], page.Name);
                foreach (var keyword in labels.Select(RegistryRow.KeywordOf).Where(static keyword => keyword != "RepositoryQuery"))
                {
                    Assert.IsTrue(keyword.EndsWith(row[0][2..], StringComparison.OrdinalIgnoreCase), $"{page.Name}: {row[0]} of {keyword}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow("modality_performed_procedure_step.rst", "Event Type", "Performed Procedure Step In Progress 1, Performed Procedure Step Completed 2, Performed Procedure Step Discontinued 3, Performed Procedure Step Updated 4, Performed Procedure Step Deleted 5", DisplayName = "modality_performed_procedure_step: PS3.4 Table F.9.2-1")]
    [DataRow("unified_procedure_step.rst", "Action Type", "Change UPS State 1, Request UPS Cancel 2, Subscribe to Receive UPS Event Reports 3, Unsubscribe from Receiving UPS Event Reports 4, Suspend Global Subscription 5", DisplayName = "unified_procedure_step: PS3.4 Tables CC.2.1-1, CC.2.2-1, CC.2.3-1")]
    [DataRow("unified_procedure_step.rst", "Event Type", "UPS State Report 1, UPS Cancel Requested 2, UPS Progress Report 3, SCP Status Change 4, UPS Assigned 5", DisplayName = "unified_procedure_step: PS3.4 Table CC.2.4-1")]
    [DataRow("media_creation_management.rst", "Action Type", "Initiate Media Creation 1, Cancel Media Creation 2", DisplayName = "media_creation_management: PS3.4 Tables S.3.2.2.1-1, S.3.2.3.1-1")]
    [DataRow("rt_machine_verification.rst", "Action Type", "Request Beam Verification 1", DisplayName = "rt_machine_verification: PS3.4 Table DD.3.2.3-1")]
    [DataRow("rt_machine_verification.rst", "Event Type", "Pending 1, Done 2", DisplayName = "rt_machine_verification: PS3.4 Table DD.3.2.5-1")]
    [DataRow("storage_commitment.rst", "Action Type", "Request Storage Commitment 1", DisplayName = "storage_commitment: PS3.4 Table J.3-1")]
    [DataRow("storage_commitment.rst", "Event Type", "Storage Commitment Request Successful 1, Storage Commitment Request Complete - Failures Exist 2", DisplayName = "storage_commitment: PS3.4 Table J.3-2")]
    [DataRow("print_management.rst", "Action Type", "Print 1", DisplayName = "print_management: PS3.4 Table H.4-3")]
    [DataRow("storage_management.rst", "Action Type", "Initiate 11, Request Status 12, Cancel 13, Pause 14, Resume 15", DisplayName = "storage_management: PS3.4 Table KK.2-1")]
    [DataRow("storage_management.rst", "Event Type", "Inventory Terminated with Instances 11, Inventory Status 12, Inventory Terminated without Instances 13", DisplayName = "storage_management: PS3.4 Table KK.2-2")]
    [DataRow("application_event_logging.rst", "Action Type", "Record Procedural Event 1, Record Substance Administration Event 1", DisplayName = "application_event_logging: PS3.4 Tables P.2-2, P.3-2")]
    [DataRow("print_management.rst", "Event Type", "Pending 1, Printing 2, Done 3, Failure 4, Normal 1, Warning 2, Failure 3", DisplayName = "print_management: PS3.4 Tables H.4-14, H.4-16")]
    public void Types_are_those_of_their_tables(string page, string kind, string types) =>
        Assert.AreEqual(types, string.Join(", ", Repository.Page(page).Types(kind).Select(static type => $"{type.Name} {type.Id}")));

    /// <summary>Of PS3.7, and not of a service class. 0001 is one whose meaning a service class gives.</summary>
    private static bool IsGeneral(PlainStatus status) => status.First is 0x0000 or (>= 0x0100 and < 0x0300) or 0xFE00;
}
