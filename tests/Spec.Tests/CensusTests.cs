namespace Specgen.Spec.Tests;

/// <summary>How much the pages hold. A number that changes is a row that was added or lost: change both.</summary>
[TestClass]
public sealed class CensusTests
{
    [TestMethod]
    [DataRow("application_event_logging.rst", "Application Event Logging Service Class", "2 1 2 14 10")]
    [DataRow("basic_worklist_management.rst", "Basic Worklist Management Service Class", "2 1 7 5")]
    [DataRow("color_palette_query_retrieve.rst", "Color Palette Query/Retrieve Service Class", "3 3 7 5 7 6 7 7")]
    [DataRow("conformance/basic_worklist_management.rst", "Basic Worklist Management Status Codes in a Conformance Statement", "9")]
    [DataRow("conformance/modality_performed_procedure_step.rst", "Modality Performed Procedure Step Status Codes in a Conformance Statement", "17")]
    [DataRow("conformance/query_retrieve.rst", "Query/Retrieve Status Codes in a Conformance Statement", "9")]
    [DataRow("conformance/storage.rst", "Storage Status Codes in a Conformance Statement", "14 7")]
    [DataRow("conformance/storage_commitment.rst", "Storage Commitment Status Codes in a Conformance Statement", "15")]
    [DataRow("data_elements.rst", "Registry of DICOM Data Elements", "5302")]
    [DataRow("defined_procedure_protocol_query_retrieve.rst", "Defined Procedure Protocol Query/Retrieve Service Class", "3 3 7 5 7 6 7 7")]
    [DataRow("display_system_management.rst", "Display System Management Service Class", "1 1 12")]
    [DataRow("general_statuses.rst", "General Statuses", "24")]
    [DataRow("hanging_protocol_query_retrieve.rst", "Hanging Protocol Query/Retrieve Service Class", "3 3 7 5 7 6 7 7")]
    [DataRow("implant_template_query_retrieve.rst", "Implant Template Query/Retrieve Service Class", "9 3 7 5 7 6 7 7")]
    [DataRow("instance_availability_notification.rst", "Instance Availability Notification Service Class", "1 1 16")]
    [DataRow("inventory_query_retrieve.rst", "Inventory Query/Retrieve Service Class", "3 3 7 5 7 6 7 7")]
    [DataRow("media_creation_management.rst", "Media Creation Management Service Class", "1 3 2 14 4 16 1 12 1")]
    [DataRow("modality_performed_procedure_step.rst", "Modality Performed Procedure Step Service Class", "3 4 5 16 13 12 1 16")]
    [DataRow("modules/application_event_logging.rst", "Actions of Application Event Logging", "6 2 18")]
    [DataRow("modules/code_sequence_macro.rst", "Code Sequence Macro", "12")]
    [DataRow("modules/content_item_macro.rst", "Content Item Macro", "14")]
    [DataRow("modules/display_system.rst", "Display System Module", "103")]
    [DataRow("modules/hl7v2_hierarchic_designator_macro.rst", "HL7v2 Hierarchic Designator Macro", "3")]
    [DataRow("modules/instance_availability_notification.rst", "Instance Availability Notification Module", "19")]
    [DataRow("modules/inventory_creation.rst", "Actions of Inventory Creation", "12 2 2 1")]
    [DataRow("modules/inventory_creation_events.rst", "Events of Inventory Creation", "18 4 3")]
    [DataRow("modules/issuer_of_patient_id_macro.rst", "Issuer of Patient ID Macro", "11")]
    [DataRow("modules/issuer_of_patient_id_qualifiers_macro.rst", "Issuer of Patient ID Qualifiers Macro", "9")]
    [DataRow("modules/media_creation_management.rst", "Attributes of Media Creation Management", "24 2")]
    [DataRow("modules/modality_performed_procedure_step.rst", "Modality Performed Procedure Step Module", "99")]
    [DataRow("modules/print_management.rst", "Attributes of Print Management", "8 28 23 18 2 5 3 8 10 36")]
    [DataRow("modules/referenced_instances_and_access_macro.rst", "Referenced Instances and Access Macro", "21")]
    [DataRow("modules/result_context_macro.rst", "Result Context Macro", "15")]
    [DataRow("modules/rt_machine_verification.rst", "Attributes of RT Machine Verification", "84 124 1")]
    [DataRow("modules/sop_instance_reference_macro.rst", "SOP Instance Reference Macro", "2")]
    [DataRow("modules/storage_commitment.rst", "Storage Commitment Module", "12 6")]
    [DataRow("modules/storage_macro.rst", "Storage Macro", "8")]
    [DataRow("modules/unified_procedure_step.rst", "Unified Procedure Step Module", "147")]
    [DataRow("modules/unified_procedure_step_messages.rst", "Actions and Events of Unified Procedure Steps", "2 5 2 1 5 6 7 3 5")]
    [DataRow("modules/verification_parameters_selector_macro.rst", "Verification Parameters Selector Macro", "6")]
    [DataRow("non_patient_object_storage.rst", "Non-Patient Object Storage Service Class", "9 1 7 3")]
    [DataRow("print_management.rst", "Print Management Service Class", "19 8 15 1 7 14 11 16 3 11 13 12 16 9")]
    [DataRow("protocol_approval_query_retrieve.rst", "Protocol Approval Query/Retrieve Service Class", "3 3 7 5 7 6 7 7")]
    [DataRow("query_retrieve.rst", "Query/Retrieve Service Class", "13 3 7 7 7 11 7 12")]
    [DataRow("registry.rst", "Registry of DICOM Unique Identifiers", "494")]
    [DataRow("relevant_patient_information_query.rst", "Relevant Patient Information Query Service Class", "3 1 7 6")]
    [DataRow("rt_machine_verification.rst", "RT Machine Verification Service Class", "4 6 1 2 14 1 16 4 11 13 12 1 16 3")]
    [DataRow("storage.rst", "Storage Service Class", "173 20 1 7 6")]
    [DataRow("storage_commitment.rst", "Storage Commitment Service Class", "2 2 1 2 14 13")]
    [DataRow("storage_management.rst", "Storage Management Service Class", "1 2 5 3 15 13")]
    [DataRow("substance_administration_query.rst", "Substance Administration Query Service Class", "2 1 7 5")]
    [DataRow("unified_procedure_step.rst", "Unified Procedure Step Service Class", "9 13 5 5 7 5 14 16 16 2 13 12 2 16 6")]
    [DataRow("verification.rst", "Verification Service Class", "1 1 5")]
    public void Tables_and_their_rows(string name, string title, string rows)
    {
        var page = Repository.Page(name);

        Assert.AreEqual(title, page.Title);
        Assert.AreEqual(rows, string.Join(' ', page.Tables.Select(static table => table.Rows.Count)));
    }

    [TestMethod]
    public void Whole()
    {
        var pages = Repository.Pages;

        Assert.HasCount(57, pages);
        Assert.AreEqual(230, pages.Sum(static page => page.Tables.Count), "tables");
        Assert.AreEqual(305, pages.Sum(static page => page.SopClasses.Count()), "SOP classes");
        Assert.AreEqual(75, pages.Sum(static page => page.UsageTables.Sum(static table => table.Rows.Count)), "DIMSE services");
        Assert.AreEqual(868, pages.Sum(static page => page.Statuses.Count()), "statuses");
        Assert.AreEqual(27, pages.Sum(static page => page.Statuses.Count(static row => row.Status.First != row.Status.Last)), "ranges");
        Assert.AreEqual(41, pages.Sum(static page => page.Types("Action Type").Count() + page.Types("Event Type").Count()), "action and event types");
    }

    [TestMethod]
    public void Registry_by_type()
    {
        var types = RegistryRow.All.GroupBy(static row => row.Type).ToDictionary(static group => group.Key, static group => group.Count());

        CollectionAssert.AreEquivalent(
            new Dictionary<string, int>
            {
                ["SOP Class"] = 312,
                ["Transfer Syntax"] = 63,
                ["LDAP OID"] = 39,
                ["Well-known Frame of Reference"] = 28,
                ["Well-known SOP Instance"] = 19,
                ["Coding Scheme"] = 15,
                ["Meta SOP Class"] = 9,
                ["Service Class"] = 3,
                ["Application Hosting Model"] = 2,
                ["Application Context Name"] = 1,
                ["DICOM UIDs as a Coding Scheme"] = 1,
                ["Mapping Resource"] = 1,
                ["Synchronization Frame of Reference"] = 1,
            },
            types);
        Assert.AreEqual(73, RegistryRow.All.Count(static row => row.IsRetired));
    }
}
