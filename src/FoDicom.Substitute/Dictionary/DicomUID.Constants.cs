// The UIDs of PS3.6 Table A-1, named by their keyword (with RETIRED behind retired ones).
namespace FellowOakDicom;

public sealed partial class DicomUID
{
    public static readonly DicomUID Verification = new("1.2.840.10008.1.1", "Verification SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplicitVRLittleEndian = new("1.2.840.10008.1.2", "Implicit VR Little Endian", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID ExplicitVRLittleEndian = new("1.2.840.10008.1.2.1", "Explicit VR Little Endian", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID EncapsulatedUncompressedExplicitVRLittleEndian = new("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID DeflatedExplicitVRLittleEndian = new("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID ExplicitVRBigEndianRETIRED = new("1.2.840.10008.1.2.2", "Explicit VR Big Endian (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGBaseline8Bit = new("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEGExtended12Bit = new("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 & 4)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEGExtended35RETIRED = new("1.2.840.10008.1.2.4.52", "JPEG Extended (Process 3 & 5) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGSpectralSelectionNonHierarchical68RETIRED = new("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGSpectralSelectionNonHierarchical79RETIRED = new("1.2.840.10008.1.2.4.54", "JPEG Spectral Selection, Non-Hierarchical (Process 7 & 9) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGFullProgressionNonHierarchical1012RETIRED = new("1.2.840.10008.1.2.4.55", "JPEG Full Progression, Non-Hierarchical (Process 10 & 12) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGFullProgressionNonHierarchical1113RETIRED = new("1.2.840.10008.1.2.4.56", "JPEG Full Progression, Non-Hierarchical (Process 11 & 13) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGLossless = new("1.2.840.10008.1.2.4.57", "JPEG Lossless, Non-Hierarchical (Process 14)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEGLosslessNonHierarchical15RETIRED = new("1.2.840.10008.1.2.4.58", "JPEG Lossless, Non-Hierarchical (Process 15) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGExtendedHierarchical1618RETIRED = new("1.2.840.10008.1.2.4.59", "JPEG Extended, Hierarchical (Process 16 & 18) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGExtendedHierarchical1719RETIRED = new("1.2.840.10008.1.2.4.60", "JPEG Extended, Hierarchical (Process 17 & 19) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGSpectralSelectionHierarchical2022RETIRED = new("1.2.840.10008.1.2.4.61", "JPEG Spectral Selection, Hierarchical (Process 20 & 22) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGSpectralSelectionHierarchical2123RETIRED = new("1.2.840.10008.1.2.4.62", "JPEG Spectral Selection, Hierarchical (Process 21 & 23) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGFullProgressionHierarchical2426RETIRED = new("1.2.840.10008.1.2.4.63", "JPEG Full Progression, Hierarchical (Process 24 & 26) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGFullProgressionHierarchical2527RETIRED = new("1.2.840.10008.1.2.4.64", "JPEG Full Progression, Hierarchical (Process 25 & 27) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGLosslessHierarchical28RETIRED = new("1.2.840.10008.1.2.4.65", "JPEG Lossless, Hierarchical (Process 28) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGLosslessHierarchical29RETIRED = new("1.2.840.10008.1.2.4.66", "JPEG Lossless, Hierarchical (Process 29) (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID JPEGLosslessSV1 = new("1.2.840.10008.1.2.4.70", "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEGLSLossless = new("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless Image Compression", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEGLSNearLossless = new("1.2.840.10008.1.2.4.81", "JPEG-LS Lossy (Near-Lossless) Image Compression", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEG2000Lossless = new("1.2.840.10008.1.2.4.90", "JPEG 2000 Image Compression (Lossless Only)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEG2000 = new("1.2.840.10008.1.2.4.91", "JPEG 2000 Image Compression", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEG2000MCLossless = new("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPEG2000MC = new("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component Image Compression", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPIPReferenced = new("1.2.840.10008.1.2.4.94", "JPIP Referenced", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPIPReferencedDeflate = new("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG2MPML = new("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG2MPMLF = new("1.2.840.10008.1.2.4.100.1", "Fragmentable MPEG2 Main Profile / Main Level", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG2MPHL = new("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG2MPHLF = new("1.2.840.10008.1.2.4.101.1", "Fragmentable MPEG2 Main Profile / High Level", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP41 = new("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP41F = new("1.2.840.10008.1.2.4.102.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP41BD = new("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP41BDF = new("1.2.840.10008.1.2.4.103.1", "Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP422D = new("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP422DF = new("1.2.840.10008.1.2.4.104.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP423D = new("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP423DF = new("1.2.840.10008.1.2.4.105.1", "Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP42STEREO = new("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MPEG4HP42STEREOF = new("1.2.840.10008.1.2.4.106.1", "Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID HEVCMP51 = new("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile / Level 5.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID HEVCM10P51 = new("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile / Level 5.1", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID HTJ2KLossless = new("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Image Compression (Lossless Only)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID HTJ2KLosslessRPCL = new("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID HTJ2K = new("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000 Image Compression", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPIPHTJ2KReferenced = new("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID JPIPHTJ2KReferencedDeflate = new("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID RLELossless = new("1.2.840.10008.1.2.5", "RLE Lossless", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID RFC2557MIMEEncapsulationRETIRED = new("1.2.840.10008.1.2.6.1", "RFC 2557 MIME encapsulation (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID XMLEncodingRETIRED = new("1.2.840.10008.1.2.6.2", "XML Encoding (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID SMPTEST211020UncompressedProgressiveActiveVideo = new("1.2.840.10008.1.2.7.1", "SMPTE ST 2110-20 Uncompressed Progressive Active Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID SMPTEST211020UncompressedInterlacedActiveVideo = new("1.2.840.10008.1.2.7.2", "SMPTE ST 2110-20 Uncompressed Interlaced Active Video", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID SMPTEST211030PCMDigitalAudio = new("1.2.840.10008.1.2.7.3", "SMPTE ST 2110-30 PCM Digital Audio", DicomUidType.TransferSyntax, false);
    public static readonly DicomUID MediaStorageDirectoryStorage = new("1.2.840.10008.1.3.10", "Media Storage Directory Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID HotIronPalette = new("1.2.840.10008.1.5.1", "Hot Iron Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID PETPalette = new("1.2.840.10008.1.5.2", "PET Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID HotMetalBluePalette = new("1.2.840.10008.1.5.3", "Hot Metal Blue Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID PET20StepPalette = new("1.2.840.10008.1.5.4", "PET 20 Step Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID SpringPalette = new("1.2.840.10008.1.5.5", "Spring Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID SummerPalette = new("1.2.840.10008.1.5.6", "Summer Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID FallPalette = new("1.2.840.10008.1.5.7", "Fall Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID WinterPalette = new("1.2.840.10008.1.5.8", "Winter Color Palette SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID BasicStudyContentNotificationRETIRED = new("1.2.840.10008.1.9", "Basic Study Content Notification SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID Papyrus3ImplicitVRLittleEndianRETIRED = new("1.2.840.10008.1.20", "Papyrus 3 Implicit VR Little Endian (Retired)", DicomUidType.TransferSyntax, true);
    public static readonly DicomUID StorageCommitmentPushModel = new("1.2.840.10008.1.20.1", "Storage Commitment Push Model SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID StorageCommitmentPushModelInstance = new("1.2.840.10008.1.20.1.1", "Storage Commitment Push Model SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID StorageCommitmentPullModelRETIRED = new("1.2.840.10008.1.20.2", "Storage Commitment Pull Model SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID StorageCommitmentPullModelInstanceRETIRED = new("1.2.840.10008.1.20.2.1", "Storage Commitment Pull Model SOP Instance (Retired)", DicomUidType.SOPInstance, true);
    public static readonly DicomUID ProceduralEventLogging = new("1.2.840.10008.1.40", "Procedural Event Logging SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProceduralEventLoggingInstance = new("1.2.840.10008.1.40.1", "Procedural Event Logging SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID SubstanceAdministrationLogging = new("1.2.840.10008.1.42", "Substance Administration Logging SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID SubstanceAdministrationLoggingInstance = new("1.2.840.10008.1.42.1", "Substance Administration Logging SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID DCMUID = new("1.2.840.10008.2.6.1", "DICOM UID Registry", DicomUidType.CodingScheme, false);
    public static readonly DicomUID DCM = new("1.2.840.10008.2.16.4", "DICOM Controlled Terminology", DicomUidType.CodingScheme, false);
    public static readonly DicomUID MA = new("1.2.840.10008.2.16.5", "Adult Mouse Anatomy Ontology", DicomUidType.CodingScheme, false);
    public static readonly DicomUID UBERON = new("1.2.840.10008.2.16.6", "Uberon Ontology", DicomUidType.CodingScheme, false);
    public static readonly DicomUID ITIS_TSN = new("1.2.840.10008.2.16.7", "Integrated Taxonomic Information System (ITIS) Taxonomic Serial Number (TSN)", DicomUidType.CodingScheme, false);
    public static readonly DicomUID MGI = new("1.2.840.10008.2.16.8", "Mouse Genome Initiative (MGI)", DicomUidType.CodingScheme, false);
    public static readonly DicomUID PUBCHEM_CID = new("1.2.840.10008.2.16.9", "PubChem Compound CID", DicomUidType.CodingScheme, false);
    public static readonly DicomUID DC = new("1.2.840.10008.2.16.10", "Dublin Core", DicomUidType.CodingScheme, false);
    public static readonly DicomUID NYUMCCG = new("1.2.840.10008.2.16.11", "New York University Melanoma Clinical Cooperative Group", DicomUidType.CodingScheme, false);
    public static readonly DicomUID MAYONRISBSASRG = new("1.2.840.10008.2.16.12", "Mayo Clinic Non-radiological Images Specific Body Structure Anatomical Surface Region Guide", DicomUidType.CodingScheme, false);
    public static readonly DicomUID IBSI = new("1.2.840.10008.2.16.13", "Image Biomarker Standardisation Initiative", DicomUidType.CodingScheme, false);
    public static readonly DicomUID RO = new("1.2.840.10008.2.16.14", "Radiomics Ontology", DicomUidType.CodingScheme, false);
    public static readonly DicomUID RADELEMENT = new("1.2.840.10008.2.16.15", "RadElement", DicomUidType.CodingScheme, false);
    public static readonly DicomUID I11 = new("1.2.840.10008.2.16.16", "ICD-11", DicomUidType.CodingScheme, false);
    public static readonly DicomUID UNS = new("1.2.840.10008.2.16.17", "Unified numbering system (UNS) for metals and alloys", DicomUidType.CodingScheme, false);
    public static readonly DicomUID RRID = new("1.2.840.10008.2.16.18", "Research Resource Identification", DicomUidType.CodingScheme, false);
    public static readonly DicomUID DICOMApplicationContext = new("1.2.840.10008.3.1.1.1", "DICOM Application Context Name", DicomUidType.ApplicationContextName, false);
    public static readonly DicomUID DetachedPatientManagementRETIRED = new("1.2.840.10008.3.1.2.1.1", "Detached Patient Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID DetachedPatientManagementMetaRETIRED = new("1.2.840.10008.3.1.2.1.4", "Detached Patient Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID DetachedVisitManagementRETIRED = new("1.2.840.10008.3.1.2.2.1", "Detached Visit Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID DetachedStudyManagementRETIRED = new("1.2.840.10008.3.1.2.3.1", "Detached Study Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID StudyComponentManagementRETIRED = new("1.2.840.10008.3.1.2.3.2", "Study Component Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID ModalityPerformedProcedureStep = new("1.2.840.10008.3.1.2.3.3", "Modality Performed Procedure Step SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ModalityPerformedProcedureStepRetrieve = new("1.2.840.10008.3.1.2.3.4", "Modality Performed Procedure Step Retrieve SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ModalityPerformedProcedureStepNotification = new("1.2.840.10008.3.1.2.3.5", "Modality Performed Procedure Step Notification SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID DetachedResultsManagementRETIRED = new("1.2.840.10008.3.1.2.5.1", "Detached Results Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID DetachedResultsManagementMetaRETIRED = new("1.2.840.10008.3.1.2.5.4", "Detached Results Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID DetachedStudyManagementMetaRETIRED = new("1.2.840.10008.3.1.2.5.5", "Detached Study Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID DetachedInterpretationManagementRETIRED = new("1.2.840.10008.3.1.2.6.1", "Detached Interpretation Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID Storage = new("1.2.840.10008.4.2", "Storage Service Class", DicomUidType.ServiceClass, false);
    public static readonly DicomUID BasicFilmSession = new("1.2.840.10008.5.1.1.1", "Basic Film Session SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicFilmBox = new("1.2.840.10008.5.1.1.2", "Basic Film Box SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicGrayscaleImageBox = new("1.2.840.10008.5.1.1.4", "Basic Grayscale Image Box SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicColorImageBox = new("1.2.840.10008.5.1.1.4.1", "Basic Color Image Box SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ReferencedImageBoxRETIRED = new("1.2.840.10008.5.1.1.4.2", "Referenced Image Box SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID BasicGrayscalePrintManagementMeta = new("1.2.840.10008.5.1.1.9", "Basic Grayscale Print Management Meta SOP Class", DicomUidType.MetaSOPClass, false);
    public static readonly DicomUID ReferencedGrayscalePrintManagementMetaRETIRED = new("1.2.840.10008.5.1.1.9.1", "Referenced Grayscale Print Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID PrintJob = new("1.2.840.10008.5.1.1.14", "Print Job SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicAnnotationBox = new("1.2.840.10008.5.1.1.15", "Basic Annotation Box SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID Printer = new("1.2.840.10008.5.1.1.16", "Printer SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID PrinterConfigurationRetrieval = new("1.2.840.10008.5.1.1.16.376", "Printer Configuration Retrieval SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID PrinterInstance = new("1.2.840.10008.5.1.1.17", "Printer SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID PrinterConfigurationRetrievalInstance = new("1.2.840.10008.5.1.1.17.376", "Printer Configuration Retrieval SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID BasicColorPrintManagementMeta = new("1.2.840.10008.5.1.1.18", "Basic Color Print Management Meta SOP Class", DicomUidType.MetaSOPClass, false);
    public static readonly DicomUID ReferencedColorPrintManagementMetaRETIRED = new("1.2.840.10008.5.1.1.18.1", "Referenced Color Print Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID VOILUTBox = new("1.2.840.10008.5.1.1.22", "VOI LUT Box SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID PresentationLUT = new("1.2.840.10008.5.1.1.23", "Presentation LUT SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImageOverlayBoxRETIRED = new("1.2.840.10008.5.1.1.24", "Image Overlay Box SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID BasicPrintImageOverlayBoxRETIRED = new("1.2.840.10008.5.1.1.24.1", "Basic Print Image Overlay Box SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID PrintQueueInstanceRETIRED = new("1.2.840.10008.5.1.1.25", "Print Queue SOP Instance (Retired)", DicomUidType.SOPInstance, true);
    public static readonly DicomUID PrintQueueManagementRETIRED = new("1.2.840.10008.5.1.1.26", "Print Queue Management SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID StoredPrintStorageRETIRED = new("1.2.840.10008.5.1.1.27", "Stored Print Storage SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID HardcopyGrayscaleImageStorageRETIRED = new("1.2.840.10008.5.1.1.29", "Hardcopy Grayscale Image Storage SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID HardcopyColorImageStorageRETIRED = new("1.2.840.10008.5.1.1.30", "Hardcopy Color Image Storage SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID PullPrintRequestRETIRED = new("1.2.840.10008.5.1.1.31", "Pull Print Request SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID PullStoredPrintManagementMetaRETIRED = new("1.2.840.10008.5.1.1.32", "Pull Stored Print Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID MediaCreationManagement = new("1.2.840.10008.5.1.1.33", "Media Creation Management SOP Class UID", DicomUidType.SOPClass, false);
    public static readonly DicomUID DisplaySystem = new("1.2.840.10008.5.1.1.40", "Display System SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID DisplaySystemInstance = new("1.2.840.10008.5.1.1.40.1", "Display System SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID ComputedRadiographyImageStorage = new("1.2.840.10008.5.1.4.1.1.1", "Computed Radiography Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalXRayImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.1.1", "Digital X-Ray Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalXRayImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.1.1.1", "Digital X-Ray Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalMammographyXRayImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.1.2", "Digital Mammography X-Ray Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalMammographyXRayImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.1.2.1", "Digital Mammography X-Ray Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalIntraOralXRayImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.1.3", "Digital Intra-Oral X-Ray Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID DigitalIntraOralXRayImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.1.3.1", "Digital Intra-Oral X-Ray Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID CTImageStorage = new("1.2.840.10008.5.1.4.1.1.2", "CT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedCTImageStorage = new("1.2.840.10008.5.1.4.1.1.2.1", "Enhanced CT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID LegacyConvertedEnhancedCTImageStorage = new("1.2.840.10008.5.1.4.1.1.2.2", "Legacy Converted Enhanced CT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID UltrasoundMultiFrameImageStorageRetiredRETIRED = new("1.2.840.10008.5.1.4.1.1.3", "Ultrasound Multi-frame Image Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UltrasoundMultiFrameImageStorage = new("1.2.840.10008.5.1.4.1.1.3.1", "Ultrasound Multi-frame Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MRImageStorage = new("1.2.840.10008.5.1.4.1.1.4", "MR Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedMRImageStorage = new("1.2.840.10008.5.1.4.1.1.4.1", "Enhanced MR Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MRSpectroscopyStorage = new("1.2.840.10008.5.1.4.1.1.4.2", "MR Spectroscopy Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedMRColorImageStorage = new("1.2.840.10008.5.1.4.1.1.4.3", "Enhanced MR Color Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID LegacyConvertedEnhancedMRImageStorage = new("1.2.840.10008.5.1.4.1.1.4.4", "Legacy Converted Enhanced MR Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID NuclearMedicineImageStorageRetiredRETIRED = new("1.2.840.10008.5.1.4.1.1.5", "Nuclear Medicine Image Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UltrasoundImageStorageRetiredRETIRED = new("1.2.840.10008.5.1.4.1.1.6", "Ultrasound Image Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UltrasoundImageStorage = new("1.2.840.10008.5.1.4.1.1.6.1", "Ultrasound Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedUSVolumeStorage = new("1.2.840.10008.5.1.4.1.1.6.2", "Enhanced US Volume Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PhotoacousticImageStorage = new("1.2.840.10008.5.1.4.1.1.6.3", "Photoacoustic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SecondaryCaptureImageStorage = new("1.2.840.10008.5.1.4.1.1.7", "Secondary Capture Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultiFrameSingleBitSecondaryCaptureImageStorage = new("1.2.840.10008.5.1.4.1.1.7.1", "Multi-frame Single Bit Secondary Capture Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultiFrameGrayscaleByteSecondaryCaptureImageStorage = new("1.2.840.10008.5.1.4.1.1.7.2", "Multi-frame Grayscale Byte Secondary Capture Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultiFrameGrayscaleWordSecondaryCaptureImageStorage = new("1.2.840.10008.5.1.4.1.1.7.3", "Multi-frame Grayscale Word Secondary Capture Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultiFrameTrueColorSecondaryCaptureImageStorage = new("1.2.840.10008.5.1.4.1.1.7.4", "Multi-frame True Color Secondary Capture Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID StandaloneOverlayStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.8", "Standalone Overlay Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID StandaloneCurveStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.9", "Standalone Curve Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID WaveformStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.9.1", "Waveform Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID TwelveLeadECGWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.1.1", "12-lead ECG Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID GeneralECGWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.1.2", "General ECG Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID AmbulatoryECGWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.1.3", "Ambulatory ECG Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID General32bitECGWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.1.4", "General 32-bit ECG Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID HemodynamicWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.2.1", "Hemodynamic Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CardiacElectrophysiologyWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.3.1", "Cardiac Electrophysiology Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicVoiceAudioWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.4.1", "Basic Voice Audio Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID GeneralAudioWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.4.2", "General Audio Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ArterialPulseWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.5.1", "Arterial Pulse Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RespiratoryWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.6.1", "Respiratory Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultichannelRespiratoryWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.6.2", "Multi-channel Respiratory Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RoutineScalpElectroencephalogramWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.7.1", "Routine Scalp Electroencephalogram Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ElectromyogramWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.7.2", "Electromyogram Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ElectrooculogramWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.7.3", "Electrooculogram Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SleepElectroencephalogramWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.7.4", "Sleep Electroencephalogram Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BodyPositionWaveformStorage = new("1.2.840.10008.5.1.4.1.1.9.8.1", "Body Position Waveform Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID StandaloneModalityLUTStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.10", "Standalone Modality LUT Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID StandaloneVOILUTStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.11", "Standalone VOI LUT Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID GrayscaleSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.1", "Grayscale Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColorSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.2", "Color Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PseudoColorSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.3", "Pseudo-Color Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BlendingSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.4", "Blending Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XAXRFGrayscaleSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.5", "XA/XRF Grayscale Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID GrayscalePlanarMPRVolumetricPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.6", "Grayscale Planar MPR Volumetric Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CompositingPlanarMPRVolumetricPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.7", "Compositing Planar MPR Volumetric Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID AdvancedBlendingPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.8", "Advanced Blending Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VolumeRenderingVolumetricPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.9", "Volume Rendering Volumetric Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SegmentedVolumeRenderingVolumetricPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.10", "Segmented Volume Rendering Volumetric Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MultipleVolumeRenderingVolumetricPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.11", "Multiple Volume Rendering Volumetric Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VariableModalityLUTSoftcopyPresentationStateStorage = new("1.2.840.10008.5.1.4.1.1.11.12", "Variable Modality LUT Softcopy Presentation State Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XRayAngiographicImageStorage = new("1.2.840.10008.5.1.4.1.1.12.1", "X-Ray Angiographic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedXAImageStorage = new("1.2.840.10008.5.1.4.1.1.12.1.1", "Enhanced XA Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XRayRadiofluoroscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.12.2", "X-Ray Radiofluoroscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedXRFImageStorage = new("1.2.840.10008.5.1.4.1.1.12.2.1", "Enhanced XRF Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XRayAngiographicBiPlaneImageStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.12.3", "X-Ray Angiographic Bi-Plane Image Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID XRay3DAngiographicImageStorage = new("1.2.840.10008.5.1.4.1.1.13.1.1", "X-Ray 3D Angiographic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XRay3DCraniofacialImageStorage = new("1.2.840.10008.5.1.4.1.1.13.1.2", "X-Ray 3D Craniofacial Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BreastTomosynthesisImageStorage = new("1.2.840.10008.5.1.4.1.1.13.1.3", "Breast Tomosynthesis Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BreastProjectionXRayImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.13.1.4", "Breast Projection X-Ray Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID BreastProjectionXRayImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.13.1.5", "Breast Projection X-Ray Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID IntravascularOpticalCoherenceTomographyImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.14.1", "Intravascular Optical Coherence Tomography Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID IntravascularOpticalCoherenceTomographyImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.14.2", "Intravascular Optical Coherence Tomography Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID NuclearMedicineImageStorage = new("1.2.840.10008.5.1.4.1.1.20", "Nuclear Medicine Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ParametricMapStorage = new("1.2.840.10008.5.1.4.1.1.30", "Parametric Map Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RawDataStorage = new("1.2.840.10008.5.1.4.1.1.66", "Raw Data Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SpatialRegistrationStorage = new("1.2.840.10008.5.1.4.1.1.66.1", "Spatial Registration Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SpatialFiducialsStorage = new("1.2.840.10008.5.1.4.1.1.66.2", "Spatial Fiducials Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DeformableSpatialRegistrationStorage = new("1.2.840.10008.5.1.4.1.1.66.3", "Deformable Spatial Registration Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SegmentationStorage = new("1.2.840.10008.5.1.4.1.1.66.4", "Segmentation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SurfaceSegmentationStorage = new("1.2.840.10008.5.1.4.1.1.66.5", "Surface Segmentation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID TractographyResultsStorage = new("1.2.840.10008.5.1.4.1.1.66.6", "Tractography Results Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RealWorldValueMappingStorage = new("1.2.840.10008.5.1.4.1.1.67", "Real World Value Mapping Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SurfaceScanMeshStorage = new("1.2.840.10008.5.1.4.1.1.68.1", "Surface Scan Mesh Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SurfaceScanPointCloudStorage = new("1.2.840.10008.5.1.4.1.1.68.2", "Surface Scan Point Cloud Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLImageStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.77.1", "VL Image Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID VLEndoscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.1", "VL Endoscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VideoEndoscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.1.1", "Video Endoscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLMicroscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.2", "VL Microscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VideoMicroscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.2.1", "Video Microscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLSlideCoordinatesMicroscopicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.3", "VL Slide-Coordinates Microscopic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLPhotographicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.4", "VL Photographic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VideoPhotographicImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.4.1", "Video Photographic Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicPhotography8BitImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.1", "Ophthalmic Photography 8 Bit Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicPhotography16BitImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.2", "Ophthalmic Photography 16 Bit Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID StereometricRelationshipStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.3", "Stereometric Relationship Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicTomographyImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.4", "Ophthalmic Tomography Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID WideFieldOphthalmicPhotographyStereographicProjectionImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.5", "Wide Field Ophthalmic Photography Stereographic Projection Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID WideFieldOphthalmicPhotography3DCoordinatesImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.6", "Wide Field Ophthalmic Photography 3D Coordinates Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicOpticalCoherenceTomographyEnFaceImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.7", "Ophthalmic Optical Coherence Tomography En Face Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicOpticalCoherenceTomographyBscanVolumeAnalysisStorage = new("1.2.840.10008.5.1.4.1.1.77.1.5.8", "Ophthalmic Optical Coherence Tomography B-scan Volume Analysis Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLWholeSlideMicroscopyImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.6", "VL Whole Slide Microscopy Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DermoscopicPhotographyImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.7", "Dermoscopic Photography Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ConfocalMicroscopyImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.8", "Confocal Microscopy Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ConfocalMicroscopyTiledPyramidalImageStorage = new("1.2.840.10008.5.1.4.1.1.77.1.9", "Confocal Microscopy Tiled Pyramidal Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VLMultiFrameImageStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.77.2", "VL Multi-frame Image Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID LensometryMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.1", "Lensometry Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID AutorefractionMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.2", "Autorefraction Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID KeratometryMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.3", "Keratometry Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SubjectiveRefractionMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.4", "Subjective Refraction Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID VisualAcuityMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.5", "Visual Acuity Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SpectaclePrescriptionReportStorage = new("1.2.840.10008.5.1.4.1.1.78.6", "Spectacle Prescription Report Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicAxialMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.78.7", "Ophthalmic Axial Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID IntraocularLensCalculationsStorage = new("1.2.840.10008.5.1.4.1.1.78.8", "Intraocular Lens Calculations Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MacularGridThicknessAndVolumeReportStorage = new("1.2.840.10008.5.1.4.1.1.79.1", "Macular Grid Thickness and Volume Report Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicVisualFieldStaticPerimetryMeasurementsStorage = new("1.2.840.10008.5.1.4.1.1.80.1", "Ophthalmic Visual Field Static Perimetry Measurements Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID OphthalmicThicknessMapStorage = new("1.2.840.10008.5.1.4.1.1.81.1", "Ophthalmic Thickness Map Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CornealTopographyMapStorage = new("1.2.840.10008.5.1.4.1.1.82.1", "Corneal Topography Map Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID TextSRStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.88.1", "Text SR Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID AudioSRStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.88.2", "Audio SR Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID DetailSRStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.88.3", "Detail SR Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID ComprehensiveSRStorageTrialRETIRED = new("1.2.840.10008.5.1.4.1.1.88.4", "Comprehensive SR Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID BasicTextSRStorage = new("1.2.840.10008.5.1.4.1.1.88.11", "Basic Text SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedSRStorage = new("1.2.840.10008.5.1.4.1.1.88.22", "Enhanced SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ComprehensiveSRStorage = new("1.2.840.10008.5.1.4.1.1.88.33", "Comprehensive SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID Comprehensive3DSRStorage = new("1.2.840.10008.5.1.4.1.1.88.34", "Comprehensive 3D SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ExtensibleSRStorage = new("1.2.840.10008.5.1.4.1.1.88.35", "Extensible SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProcedureLogStorage = new("1.2.840.10008.5.1.4.1.1.88.40", "Procedure Log Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MammographyCADSRStorage = new("1.2.840.10008.5.1.4.1.1.88.50", "Mammography CAD SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID KeyObjectSelectionDocumentStorage = new("1.2.840.10008.5.1.4.1.1.88.59", "Key Object Selection Document Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ChestCADSRStorage = new("1.2.840.10008.5.1.4.1.1.88.65", "Chest CAD SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XRayRadiationDoseSRStorage = new("1.2.840.10008.5.1.4.1.1.88.67", "X-Ray Radiation Dose SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RadiopharmaceuticalRadiationDoseSRStorage = new("1.2.840.10008.5.1.4.1.1.88.68", "Radiopharmaceutical Radiation Dose SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColonCADSRStorage = new("1.2.840.10008.5.1.4.1.1.88.69", "Colon CAD SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantationPlanSRStorage = new("1.2.840.10008.5.1.4.1.1.88.70", "Implantation Plan SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID AcquisitionContextSRStorage = new("1.2.840.10008.5.1.4.1.1.88.71", "Acquisition Context SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID SimplifiedAdultEchoSRStorage = new("1.2.840.10008.5.1.4.1.1.88.72", "Simplified Adult Echo SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PatientRadiationDoseSRStorage = new("1.2.840.10008.5.1.4.1.1.88.73", "Patient Radiation Dose SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PlannedImagingAgentAdministrationSRStorage = new("1.2.840.10008.5.1.4.1.1.88.74", "Planned Imaging Agent Administration SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PerformedImagingAgentAdministrationSRStorage = new("1.2.840.10008.5.1.4.1.1.88.75", "Performed Imaging Agent Administration SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedXRayRadiationDoseSRStorage = new("1.2.840.10008.5.1.4.1.1.88.76", "Enhanced X-Ray Radiation Dose SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID WaveformAnnotationSRStorage = new("1.2.840.10008.5.1.4.1.1.88.77", "Waveform Annotation SR Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ContentAssessmentResultsStorage = new("1.2.840.10008.5.1.4.1.1.90.1", "Content Assessment Results Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID MicroscopyBulkSimpleAnnotationsStorage = new("1.2.840.10008.5.1.4.1.1.91.1", "Microscopy Bulk Simple Annotations Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EncapsulatedPDFStorage = new("1.2.840.10008.5.1.4.1.1.104.1", "Encapsulated PDF Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EncapsulatedCDAStorage = new("1.2.840.10008.5.1.4.1.1.104.2", "Encapsulated CDA Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EncapsulatedSTLStorage = new("1.2.840.10008.5.1.4.1.1.104.3", "Encapsulated STL Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EncapsulatedOBJStorage = new("1.2.840.10008.5.1.4.1.1.104.4", "Encapsulated OBJ Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EncapsulatedMTLStorage = new("1.2.840.10008.5.1.4.1.1.104.5", "Encapsulated MTL Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PositronEmissionTomographyImageStorage = new("1.2.840.10008.5.1.4.1.1.128", "Positron Emission Tomography Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID LegacyConvertedEnhancedPETImageStorage = new("1.2.840.10008.5.1.4.1.1.128.1", "Legacy Converted Enhanced PET Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID StandalonePETCurveStorageRETIRED = new("1.2.840.10008.5.1.4.1.1.129", "Standalone PET Curve Storage (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID EnhancedPETImageStorage = new("1.2.840.10008.5.1.4.1.1.130", "Enhanced PET Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID BasicStructuredDisplayStorage = new("1.2.840.10008.5.1.4.1.1.131", "Basic Structured Display Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CTDefinedProcedureProtocolStorage = new("1.2.840.10008.5.1.4.1.1.200.1", "CT Defined Procedure Protocol Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CTPerformedProcedureProtocolStorage = new("1.2.840.10008.5.1.4.1.1.200.2", "CT Performed Procedure Protocol Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProtocolApprovalStorage = new("1.2.840.10008.5.1.4.1.1.200.3", "Protocol Approval Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProtocolApprovalInformationModelFind = new("1.2.840.10008.5.1.4.1.1.200.4", "Protocol Approval Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProtocolApprovalInformationModelMove = new("1.2.840.10008.5.1.4.1.1.200.5", "Protocol Approval Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProtocolApprovalInformationModelGet = new("1.2.840.10008.5.1.4.1.1.200.6", "Protocol Approval Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID XADefinedProcedureProtocolStorage = new("1.2.840.10008.5.1.4.1.1.200.7", "XA Defined Procedure Protocol Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID XAPerformedProcedureProtocolStorage = new("1.2.840.10008.5.1.4.1.1.200.8", "XA Performed Procedure Protocol Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID InventoryStorage = new("1.2.840.10008.5.1.4.1.1.201.1", "Inventory Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID StorageManagementInstance = new("1.2.840.10008.5.1.4.1.1.201.1.1", "Storage Management SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID InventoryFind = new("1.2.840.10008.5.1.4.1.1.201.2", "Inventory - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID InventoryMove = new("1.2.840.10008.5.1.4.1.1.201.3", "Inventory - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID InventoryGet = new("1.2.840.10008.5.1.4.1.1.201.4", "Inventory - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID InventoryCreation = new("1.2.840.10008.5.1.4.1.1.201.5", "Inventory Creation", DicomUidType.SOPClass, false);
    public static readonly DicomUID RepositoryQuery = new("1.2.840.10008.5.1.4.1.1.201.6", "Repository Query", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTImageStorage = new("1.2.840.10008.5.1.4.1.1.481.1", "RT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTDoseStorage = new("1.2.840.10008.5.1.4.1.1.481.2", "RT Dose Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTStructureSetStorage = new("1.2.840.10008.5.1.4.1.1.481.3", "RT Structure Set Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTBeamsTreatmentRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.4", "RT Beams Treatment Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTPlanStorage = new("1.2.840.10008.5.1.4.1.1.481.5", "RT Plan Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTBrachyTreatmentRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.6", "RT Brachy Treatment Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTTreatmentSummaryRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.7", "RT Treatment Summary Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTIonPlanStorage = new("1.2.840.10008.5.1.4.1.1.481.8", "RT Ion Plan Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTIonBeamsTreatmentRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.9", "RT Ion Beams Treatment Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTPhysicianIntentStorage = new("1.2.840.10008.5.1.4.1.1.481.10", "RT Physician Intent Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTSegmentAnnotationStorage = new("1.2.840.10008.5.1.4.1.1.481.11", "RT Segment Annotation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTRadiationSetStorage = new("1.2.840.10008.5.1.4.1.1.481.12", "RT Radiation Set Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CArmPhotonElectronRadiationStorage = new("1.2.840.10008.5.1.4.1.1.481.13", "C-Arm Photon-Electron Radiation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID TomotherapeuticRadiationStorage = new("1.2.840.10008.5.1.4.1.1.481.14", "Tomotherapeutic Radiation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RoboticArmRadiationStorage = new("1.2.840.10008.5.1.4.1.1.481.15", "Robotic-Arm Radiation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTRadiationRecordSetStorage = new("1.2.840.10008.5.1.4.1.1.481.16", "RT Radiation Record Set Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTRadiationSalvageRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.17", "RT Radiation Salvage Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID TomotherapeuticRadiationRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.18", "Tomotherapeutic Radiation Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID CArmPhotonElectronRadiationRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.19", "C-Arm Photon-Electron Radiation Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RoboticRadiationRecordStorage = new("1.2.840.10008.5.1.4.1.1.481.20", "Robotic Radiation Record Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTRadiationSetDeliveryInstructionStorage = new("1.2.840.10008.5.1.4.1.1.481.21", "RT Radiation Set Delivery Instruction Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTTreatmentPreparationStorage = new("1.2.840.10008.5.1.4.1.1.481.22", "RT Treatment Preparation Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedRTImageStorage = new("1.2.840.10008.5.1.4.1.1.481.23", "Enhanced RT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EnhancedContinuousRTImageStorage = new("1.2.840.10008.5.1.4.1.1.481.24", "Enhanced Continuous RT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTPatientPositionAcquisitionInstructionStorage = new("1.2.840.10008.5.1.4.1.1.481.25", "RT Patient Position Acquisition Instruction Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOSCTImageStorage = new("1.2.840.10008.5.1.4.1.1.501.1", "DICOS CT Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOSDigitalXRayImageStorageForPresentation = new("1.2.840.10008.5.1.4.1.1.501.2.1", "DICOS Digital X-Ray Image Storage - For Presentation", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOSDigitalXRayImageStorageForProcessing = new("1.2.840.10008.5.1.4.1.1.501.2.2", "DICOS Digital X-Ray Image Storage - For Processing", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOSThreatDetectionReportStorage = new("1.2.840.10008.5.1.4.1.1.501.3", "DICOS Threat Detection Report Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOS2DAITStorage = new("1.2.840.10008.5.1.4.1.1.501.4", "DICOS 2D AIT Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOS3DAITStorage = new("1.2.840.10008.5.1.4.1.1.501.5", "DICOS 3D AIT Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID DICOSQuadrupoleResonanceStorage = new("1.2.840.10008.5.1.4.1.1.501.6", "DICOS Quadrupole Resonance (QR) Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EddyCurrentImageStorage = new("1.2.840.10008.5.1.4.1.1.601.1", "Eddy Current Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID EddyCurrentMultiFrameImageStorage = new("1.2.840.10008.5.1.4.1.1.601.2", "Eddy Current Multi-frame Image Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID PatientRootQueryRetrieveInformationModelFind = new("1.2.840.10008.5.1.4.1.2.1.1", "Patient Root Query/Retrieve Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID PatientRootQueryRetrieveInformationModelMove = new("1.2.840.10008.5.1.4.1.2.1.2", "Patient Root Query/Retrieve Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID PatientRootQueryRetrieveInformationModelGet = new("1.2.840.10008.5.1.4.1.2.1.3", "Patient Root Query/Retrieve Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID StudyRootQueryRetrieveInformationModelFind = new("1.2.840.10008.5.1.4.1.2.2.1", "Study Root Query/Retrieve Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID StudyRootQueryRetrieveInformationModelMove = new("1.2.840.10008.5.1.4.1.2.2.2", "Study Root Query/Retrieve Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID StudyRootQueryRetrieveInformationModelGet = new("1.2.840.10008.5.1.4.1.2.2.3", "Study Root Query/Retrieve Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID PatientStudyOnlyQueryRetrieveInformationModelFindRETIRED = new("1.2.840.10008.5.1.4.1.2.3.1", "Patient/Study Only Query/Retrieve Information Model - FIND (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID PatientStudyOnlyQueryRetrieveInformationModelMoveRETIRED = new("1.2.840.10008.5.1.4.1.2.3.2", "Patient/Study Only Query/Retrieve Information Model - MOVE (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID PatientStudyOnlyQueryRetrieveInformationModelGetRETIRED = new("1.2.840.10008.5.1.4.1.2.3.3", "Patient/Study Only Query/Retrieve Information Model - GET (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID CompositeInstanceRootRetrieveMove = new("1.2.840.10008.5.1.4.1.2.4.2", "Composite Instance Root Retrieve - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID CompositeInstanceRootRetrieveGet = new("1.2.840.10008.5.1.4.1.2.4.3", "Composite Instance Root Retrieve - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID CompositeInstanceRetrieveWithoutBulkDataGet = new("1.2.840.10008.5.1.4.1.2.5.3", "Composite Instance Retrieve Without Bulk Data - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID DefinedProcedureProtocolInformationModelFind = new("1.2.840.10008.5.1.4.20.1", "Defined Procedure Protocol Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID DefinedProcedureProtocolInformationModelMove = new("1.2.840.10008.5.1.4.20.2", "Defined Procedure Protocol Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID DefinedProcedureProtocolInformationModelGet = new("1.2.840.10008.5.1.4.20.3", "Defined Procedure Protocol Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID ModalityWorklistInformationModelFind = new("1.2.840.10008.5.1.4.31", "Modality Worklist Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID GeneralPurposeWorklistManagementMetaRETIRED = new("1.2.840.10008.5.1.4.32", "General Purpose Worklist Management Meta SOP Class (Retired)", DicomUidType.MetaSOPClass, true);
    public static readonly DicomUID GeneralPurposeWorklistInformationModelFindRETIRED = new("1.2.840.10008.5.1.4.32.1", "General Purpose Worklist Information Model - FIND (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID GeneralPurposeScheduledProcedureStepRETIRED = new("1.2.840.10008.5.1.4.32.2", "General Purpose Scheduled Procedure Step SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID GeneralPurposePerformedProcedureStepRETIRED = new("1.2.840.10008.5.1.4.32.3", "General Purpose Performed Procedure Step SOP Class (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID InstanceAvailabilityNotification = new("1.2.840.10008.5.1.4.33", "Instance Availability Notification SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTBeamsDeliveryInstructionStorageTrialRETIRED = new("1.2.840.10008.5.1.4.34.1", "RT Beams Delivery Instruction Storage - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID RTConventionalMachineVerificationTrialRETIRED = new("1.2.840.10008.5.1.4.34.2", "RT Conventional Machine Verification - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID RTIonMachineVerificationTrialRETIRED = new("1.2.840.10008.5.1.4.34.3", "RT Ion Machine Verification - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UnifiedWorklistAndProcedureStepTrialRETIRED = new("1.2.840.10008.5.1.4.34.4", "Unified Worklist and Procedure Step Service Class - Trial (Retired)", DicomUidType.ServiceClass, true);
    public static readonly DicomUID UnifiedProcedureStepPushTrialRETIRED = new("1.2.840.10008.5.1.4.34.4.1", "Unified Procedure Step - Push SOP Class - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UnifiedProcedureStepWatchTrialRETIRED = new("1.2.840.10008.5.1.4.34.4.2", "Unified Procedure Step - Watch SOP Class - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UnifiedProcedureStepPullTrialRETIRED = new("1.2.840.10008.5.1.4.34.4.3", "Unified Procedure Step - Pull SOP Class - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UnifiedProcedureStepEventTrialRETIRED = new("1.2.840.10008.5.1.4.34.4.4", "Unified Procedure Step - Event SOP Class - Trial (Retired)", DicomUidType.SOPClass, true);
    public static readonly DicomUID UPSGlobalSubscriptionInstance = new("1.2.840.10008.5.1.4.34.5", "UPS Global Subscription SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID UPSFilteredGlobalSubscriptionInstance = new("1.2.840.10008.5.1.4.34.5.1", "UPS Filtered Global Subscription SOP Instance", DicomUidType.SOPInstance, false);
    public static readonly DicomUID UnifiedWorklistAndProcedureStep = new("1.2.840.10008.5.1.4.34.6", "Unified Worklist and Procedure Step Service Class", DicomUidType.ServiceClass, false);
    public static readonly DicomUID UnifiedProcedureStepPush = new("1.2.840.10008.5.1.4.34.6.1", "Unified Procedure Step - Push SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID UnifiedProcedureStepWatch = new("1.2.840.10008.5.1.4.34.6.2", "Unified Procedure Step - Watch SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID UnifiedProcedureStepPull = new("1.2.840.10008.5.1.4.34.6.3", "Unified Procedure Step - Pull SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID UnifiedProcedureStepEvent = new("1.2.840.10008.5.1.4.34.6.4", "Unified Procedure Step - Event SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID UnifiedProcedureStepQuery = new("1.2.840.10008.5.1.4.34.6.5", "Unified Procedure Step - Query SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTBeamsDeliveryInstructionStorage = new("1.2.840.10008.5.1.4.34.7", "RT Beams Delivery Instruction Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTConventionalMachineVerification = new("1.2.840.10008.5.1.4.34.8", "RT Conventional Machine Verification", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTIonMachineVerification = new("1.2.840.10008.5.1.4.34.9", "RT Ion Machine Verification", DicomUidType.SOPClass, false);
    public static readonly DicomUID RTBrachyApplicationSetupDeliveryInstructionStorage = new("1.2.840.10008.5.1.4.34.10", "RT Brachy Application Setup Delivery Instruction Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID GeneralRelevantPatientInformationQuery = new("1.2.840.10008.5.1.4.37.1", "General Relevant Patient Information Query", DicomUidType.SOPClass, false);
    public static readonly DicomUID BreastImagingRelevantPatientInformationQuery = new("1.2.840.10008.5.1.4.37.2", "Breast Imaging Relevant Patient Information Query", DicomUidType.SOPClass, false);
    public static readonly DicomUID CardiacRelevantPatientInformationQuery = new("1.2.840.10008.5.1.4.37.3", "Cardiac Relevant Patient Information Query", DicomUidType.SOPClass, false);
    public static readonly DicomUID HangingProtocolStorage = new("1.2.840.10008.5.1.4.38.1", "Hanging Protocol Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID HangingProtocolInformationModelFind = new("1.2.840.10008.5.1.4.38.2", "Hanging Protocol Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID HangingProtocolInformationModelMove = new("1.2.840.10008.5.1.4.38.3", "Hanging Protocol Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID HangingProtocolInformationModelGet = new("1.2.840.10008.5.1.4.38.4", "Hanging Protocol Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColorPaletteStorage = new("1.2.840.10008.5.1.4.39.1", "Color Palette Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColorPaletteQueryRetrieveInformationModelFind = new("1.2.840.10008.5.1.4.39.2", "Color Palette Query/Retrieve Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColorPaletteQueryRetrieveInformationModelMove = new("1.2.840.10008.5.1.4.39.3", "Color Palette Query/Retrieve Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID ColorPaletteQueryRetrieveInformationModelGet = new("1.2.840.10008.5.1.4.39.4", "Color Palette Query/Retrieve Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID ProductCharacteristicsQuery = new("1.2.840.10008.5.1.4.41", "Product Characteristics Query SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID SubstanceApprovalQuery = new("1.2.840.10008.5.1.4.42", "Substance Approval Query SOP Class", DicomUidType.SOPClass, false);
    public static readonly DicomUID GenericImplantTemplateStorage = new("1.2.840.10008.5.1.4.43.1", "Generic Implant Template Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID GenericImplantTemplateInformationModelFind = new("1.2.840.10008.5.1.4.43.2", "Generic Implant Template Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID GenericImplantTemplateInformationModelMove = new("1.2.840.10008.5.1.4.43.3", "Generic Implant Template Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID GenericImplantTemplateInformationModelGet = new("1.2.840.10008.5.1.4.43.4", "Generic Implant Template Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantAssemblyTemplateStorage = new("1.2.840.10008.5.1.4.44.1", "Implant Assembly Template Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantAssemblyTemplateInformationModelFind = new("1.2.840.10008.5.1.4.44.2", "Implant Assembly Template Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantAssemblyTemplateInformationModelMove = new("1.2.840.10008.5.1.4.44.3", "Implant Assembly Template Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantAssemblyTemplateInformationModelGet = new("1.2.840.10008.5.1.4.44.4", "Implant Assembly Template Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantTemplateGroupStorage = new("1.2.840.10008.5.1.4.45.1", "Implant Template Group Storage", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantTemplateGroupInformationModelFind = new("1.2.840.10008.5.1.4.45.2", "Implant Template Group Information Model - FIND", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantTemplateGroupInformationModelMove = new("1.2.840.10008.5.1.4.45.3", "Implant Template Group Information Model - MOVE", DicomUidType.SOPClass, false);
    public static readonly DicomUID ImplantTemplateGroupInformationModelGet = new("1.2.840.10008.5.1.4.45.4", "Implant Template Group Information Model - GET", DicomUidType.SOPClass, false);
    public static readonly DicomUID NativeDICOMModel = new("1.2.840.10008.7.1.1", "Native DICOM Model", DicomUidType.ApplicationHostingModel, false);
    public static readonly DicomUID AbstractMultiDimensionalImageModel = new("1.2.840.10008.7.1.2", "Abstract Multi-Dimensional Image Model", DicomUidType.ApplicationHostingModel, false);
    public static readonly DicomUID DICOMContentMappingResource = new("1.2.840.10008.8.1.1", "DICOM Content Mapping Resource", DicomUidType.MappingResource, false);
    public static readonly DicomUID VideoEndoscopicImageRealTimeCommunication = new("1.2.840.10008.10.1", "Video Endoscopic Image Real-Time Communication", DicomUidType.SOPClass, false);
    public static readonly DicomUID VideoPhotographicImageRealTimeCommunication = new("1.2.840.10008.10.2", "Video Photographic Image Real-Time Communication", DicomUidType.SOPClass, false);
    public static readonly DicomUID AudioWaveformRealTimeCommunication = new("1.2.840.10008.10.3", "Audio Waveform Real-Time Communication", DicomUidType.SOPClass, false);
    public static readonly DicomUID RenditionSelectionDocumentRealTimeCommunication = new("1.2.840.10008.10.4", "Rendition Selection Document Real-Time Communication", DicomUidType.SOPClass, false);
    public static readonly DicomUID dicomDeviceName = new("1.2.840.10008.15.0.3.1", "dicomDeviceName", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomDescription = new("1.2.840.10008.15.0.3.2", "dicomDescription", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomManufacturer = new("1.2.840.10008.15.0.3.3", "dicomManufacturer", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomManufacturerModelName = new("1.2.840.10008.15.0.3.4", "dicomManufacturerModelName", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomSoftwareVersion = new("1.2.840.10008.15.0.3.5", "dicomSoftwareVersion", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomVendorData = new("1.2.840.10008.15.0.3.6", "dicomVendorData", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomAETitle = new("1.2.840.10008.15.0.3.7", "dicomAETitle", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomNetworkConnectionReference = new("1.2.840.10008.15.0.3.8", "dicomNetworkConnectionReference", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomApplicationCluster = new("1.2.840.10008.15.0.3.9", "dicomApplicationCluster", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomAssociationInitiator = new("1.2.840.10008.15.0.3.10", "dicomAssociationInitiator", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomAssociationAcceptor = new("1.2.840.10008.15.0.3.11", "dicomAssociationAcceptor", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomHostname = new("1.2.840.10008.15.0.3.12", "dicomHostname", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomPort = new("1.2.840.10008.15.0.3.13", "dicomPort", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomSOPClass = new("1.2.840.10008.15.0.3.14", "dicomSOPClass", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomTransferRole = new("1.2.840.10008.15.0.3.15", "dicomTransferRole", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomTransferSyntax = new("1.2.840.10008.15.0.3.16", "dicomTransferSyntax", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomPrimaryDeviceType = new("1.2.840.10008.15.0.3.17", "dicomPrimaryDeviceType", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomRelatedDeviceReference = new("1.2.840.10008.15.0.3.18", "dicomRelatedDeviceReference", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomPreferredCalledAETitle = new("1.2.840.10008.15.0.3.19", "dicomPreferredCalledAETitle", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomTLSCyphersuite = new("1.2.840.10008.15.0.3.20", "dicomTLSCyphersuite", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomAuthorizedNodeCertificateReference = new("1.2.840.10008.15.0.3.21", "dicomAuthorizedNodeCertificateReference", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomThisNodeCertificateReference = new("1.2.840.10008.15.0.3.22", "dicomThisNodeCertificateReference", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomInstalled = new("1.2.840.10008.15.0.3.23", "dicomInstalled", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomStationName = new("1.2.840.10008.15.0.3.24", "dicomStationName", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomDeviceSerialNumber = new("1.2.840.10008.15.0.3.25", "dicomDeviceSerialNumber", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomInstitutionName = new("1.2.840.10008.15.0.3.26", "dicomInstitutionName", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomInstitutionAddress = new("1.2.840.10008.15.0.3.27", "dicomInstitutionAddress", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomInstitutionDepartmentName = new("1.2.840.10008.15.0.3.28", "dicomInstitutionDepartmentName", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomIssuerOfPatientID = new("1.2.840.10008.15.0.3.29", "dicomIssuerOfPatientID", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomPreferredCallingAETitle = new("1.2.840.10008.15.0.3.30", "dicomPreferredCallingAETitle", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomSupportedCharacterSet = new("1.2.840.10008.15.0.3.31", "dicomSupportedCharacterSet", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomConfigurationRoot = new("1.2.840.10008.15.0.4.1", "dicomConfigurationRoot", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomDevicesRoot = new("1.2.840.10008.15.0.4.2", "dicomDevicesRoot", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomUniqueAETitlesRegistryRoot = new("1.2.840.10008.15.0.4.3", "dicomUniqueAETitlesRegistryRoot", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomDevice = new("1.2.840.10008.15.0.4.4", "dicomDevice", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomNetworkAE = new("1.2.840.10008.15.0.4.5", "dicomNetworkAE", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomNetworkConnection = new("1.2.840.10008.15.0.4.6", "dicomNetworkConnection", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomUniqueAETitle = new("1.2.840.10008.15.0.4.7", "dicomUniqueAETitle", DicomUidType.LDAP, false);
    public static readonly DicomUID dicomTransferCapability = new("1.2.840.10008.15.0.4.8", "dicomTransferCapability", DicomUidType.LDAP, false);
    public static readonly DicomUID UTC = new("1.2.840.10008.15.1.1", "Universal Coordinated Time", DicomUidType.FrameOfReference, false);

    private static void AddKnown()
    {
        foreach (var uid in new[]
        {
            Verification, ImplicitVRLittleEndian, ExplicitVRLittleEndian, EncapsulatedUncompressedExplicitVRLittleEndian,
            DeflatedExplicitVRLittleEndian, ExplicitVRBigEndianRETIRED, JPEGBaseline8Bit, JPEGExtended12Bit,
            JPEGExtended35RETIRED, JPEGSpectralSelectionNonHierarchical68RETIRED, JPEGSpectralSelectionNonHierarchical79RETIRED, JPEGFullProgressionNonHierarchical1012RETIRED,
            JPEGFullProgressionNonHierarchical1113RETIRED, JPEGLossless, JPEGLosslessNonHierarchical15RETIRED, JPEGExtendedHierarchical1618RETIRED,
            JPEGExtendedHierarchical1719RETIRED, JPEGSpectralSelectionHierarchical2022RETIRED, JPEGSpectralSelectionHierarchical2123RETIRED, JPEGFullProgressionHierarchical2426RETIRED,
            JPEGFullProgressionHierarchical2527RETIRED, JPEGLosslessHierarchical28RETIRED, JPEGLosslessHierarchical29RETIRED, JPEGLosslessSV1,
            JPEGLSLossless, JPEGLSNearLossless, JPEG2000Lossless, JPEG2000,
            JPEG2000MCLossless, JPEG2000MC, JPIPReferenced, JPIPReferencedDeflate,
            MPEG2MPML, MPEG2MPMLF, MPEG2MPHL, MPEG2MPHLF,
            MPEG4HP41, MPEG4HP41F, MPEG4HP41BD, MPEG4HP41BDF,
            MPEG4HP422D, MPEG4HP422DF, MPEG4HP423D, MPEG4HP423DF,
            MPEG4HP42STEREO, MPEG4HP42STEREOF, HEVCMP51, HEVCM10P51,
            HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K, JPIPHTJ2KReferenced,
            JPIPHTJ2KReferencedDeflate, RLELossless, RFC2557MIMEEncapsulationRETIRED, XMLEncodingRETIRED,
            SMPTEST211020UncompressedProgressiveActiveVideo, SMPTEST211020UncompressedInterlacedActiveVideo, SMPTEST211030PCMDigitalAudio, MediaStorageDirectoryStorage,
            HotIronPalette, PETPalette, HotMetalBluePalette, PET20StepPalette,
            SpringPalette, SummerPalette, FallPalette, WinterPalette,
            BasicStudyContentNotificationRETIRED, Papyrus3ImplicitVRLittleEndianRETIRED, StorageCommitmentPushModel, StorageCommitmentPushModelInstance,
            StorageCommitmentPullModelRETIRED, StorageCommitmentPullModelInstanceRETIRED, ProceduralEventLogging, ProceduralEventLoggingInstance,
            SubstanceAdministrationLogging, SubstanceAdministrationLoggingInstance, DCMUID, DCM,
            MA, UBERON, ITIS_TSN, MGI,
            PUBCHEM_CID, DC, NYUMCCG, MAYONRISBSASRG,
            IBSI, RO, RADELEMENT, I11,
            UNS, RRID, DICOMApplicationContext, DetachedPatientManagementRETIRED,
            DetachedPatientManagementMetaRETIRED, DetachedVisitManagementRETIRED, DetachedStudyManagementRETIRED, StudyComponentManagementRETIRED,
            ModalityPerformedProcedureStep, ModalityPerformedProcedureStepRetrieve, ModalityPerformedProcedureStepNotification, DetachedResultsManagementRETIRED,
            DetachedResultsManagementMetaRETIRED, DetachedStudyManagementMetaRETIRED, DetachedInterpretationManagementRETIRED, Storage,
            BasicFilmSession, BasicFilmBox, BasicGrayscaleImageBox, BasicColorImageBox,
            ReferencedImageBoxRETIRED, BasicGrayscalePrintManagementMeta, ReferencedGrayscalePrintManagementMetaRETIRED, PrintJob,
            BasicAnnotationBox, Printer, PrinterConfigurationRetrieval, PrinterInstance,
            PrinterConfigurationRetrievalInstance, BasicColorPrintManagementMeta, ReferencedColorPrintManagementMetaRETIRED, VOILUTBox,
            PresentationLUT, ImageOverlayBoxRETIRED, BasicPrintImageOverlayBoxRETIRED, PrintQueueInstanceRETIRED,
            PrintQueueManagementRETIRED, StoredPrintStorageRETIRED, HardcopyGrayscaleImageStorageRETIRED, HardcopyColorImageStorageRETIRED,
            PullPrintRequestRETIRED, PullStoredPrintManagementMetaRETIRED, MediaCreationManagement, DisplaySystem,
            DisplaySystemInstance, ComputedRadiographyImageStorage, DigitalXRayImageStorageForPresentation, DigitalXRayImageStorageForProcessing,
            DigitalMammographyXRayImageStorageForPresentation, DigitalMammographyXRayImageStorageForProcessing, DigitalIntraOralXRayImageStorageForPresentation, DigitalIntraOralXRayImageStorageForProcessing,
            CTImageStorage, EnhancedCTImageStorage, LegacyConvertedEnhancedCTImageStorage, UltrasoundMultiFrameImageStorageRetiredRETIRED,
            UltrasoundMultiFrameImageStorage, MRImageStorage, EnhancedMRImageStorage, MRSpectroscopyStorage,
            EnhancedMRColorImageStorage, LegacyConvertedEnhancedMRImageStorage, NuclearMedicineImageStorageRetiredRETIRED, UltrasoundImageStorageRetiredRETIRED,
            UltrasoundImageStorage, EnhancedUSVolumeStorage, PhotoacousticImageStorage, SecondaryCaptureImageStorage,
            MultiFrameSingleBitSecondaryCaptureImageStorage, MultiFrameGrayscaleByteSecondaryCaptureImageStorage, MultiFrameGrayscaleWordSecondaryCaptureImageStorage, MultiFrameTrueColorSecondaryCaptureImageStorage,
            StandaloneOverlayStorageRETIRED, StandaloneCurveStorageRETIRED, WaveformStorageTrialRETIRED, TwelveLeadECGWaveformStorage,
            GeneralECGWaveformStorage, AmbulatoryECGWaveformStorage, General32bitECGWaveformStorage, HemodynamicWaveformStorage,
            CardiacElectrophysiologyWaveformStorage, BasicVoiceAudioWaveformStorage, GeneralAudioWaveformStorage, ArterialPulseWaveformStorage,
            RespiratoryWaveformStorage, MultichannelRespiratoryWaveformStorage, RoutineScalpElectroencephalogramWaveformStorage, ElectromyogramWaveformStorage,
            ElectrooculogramWaveformStorage, SleepElectroencephalogramWaveformStorage, BodyPositionWaveformStorage, StandaloneModalityLUTStorageRETIRED,
            StandaloneVOILUTStorageRETIRED, GrayscaleSoftcopyPresentationStateStorage, ColorSoftcopyPresentationStateStorage, PseudoColorSoftcopyPresentationStateStorage,
            BlendingSoftcopyPresentationStateStorage, XAXRFGrayscaleSoftcopyPresentationStateStorage, GrayscalePlanarMPRVolumetricPresentationStateStorage, CompositingPlanarMPRVolumetricPresentationStateStorage,
            AdvancedBlendingPresentationStateStorage, VolumeRenderingVolumetricPresentationStateStorage, SegmentedVolumeRenderingVolumetricPresentationStateStorage, MultipleVolumeRenderingVolumetricPresentationStateStorage,
            VariableModalityLUTSoftcopyPresentationStateStorage, XRayAngiographicImageStorage, EnhancedXAImageStorage, XRayRadiofluoroscopicImageStorage,
            EnhancedXRFImageStorage, XRayAngiographicBiPlaneImageStorageRETIRED, XRay3DAngiographicImageStorage, XRay3DCraniofacialImageStorage,
            BreastTomosynthesisImageStorage, BreastProjectionXRayImageStorageForPresentation, BreastProjectionXRayImageStorageForProcessing, IntravascularOpticalCoherenceTomographyImageStorageForPresentation,
            IntravascularOpticalCoherenceTomographyImageStorageForProcessing, NuclearMedicineImageStorage, ParametricMapStorage, RawDataStorage,
            SpatialRegistrationStorage, SpatialFiducialsStorage, DeformableSpatialRegistrationStorage, SegmentationStorage,
            SurfaceSegmentationStorage, TractographyResultsStorage, RealWorldValueMappingStorage, SurfaceScanMeshStorage,
            SurfaceScanPointCloudStorage, VLImageStorageTrialRETIRED, VLEndoscopicImageStorage, VideoEndoscopicImageStorage,
            VLMicroscopicImageStorage, VideoMicroscopicImageStorage, VLSlideCoordinatesMicroscopicImageStorage, VLPhotographicImageStorage,
            VideoPhotographicImageStorage, OphthalmicPhotography8BitImageStorage, OphthalmicPhotography16BitImageStorage, StereometricRelationshipStorage,
            OphthalmicTomographyImageStorage, WideFieldOphthalmicPhotographyStereographicProjectionImageStorage, WideFieldOphthalmicPhotography3DCoordinatesImageStorage, OphthalmicOpticalCoherenceTomographyEnFaceImageStorage,
            OphthalmicOpticalCoherenceTomographyBscanVolumeAnalysisStorage, VLWholeSlideMicroscopyImageStorage, DermoscopicPhotographyImageStorage, ConfocalMicroscopyImageStorage,
            ConfocalMicroscopyTiledPyramidalImageStorage, VLMultiFrameImageStorageTrialRETIRED, LensometryMeasurementsStorage, AutorefractionMeasurementsStorage,
            KeratometryMeasurementsStorage, SubjectiveRefractionMeasurementsStorage, VisualAcuityMeasurementsStorage, SpectaclePrescriptionReportStorage,
            OphthalmicAxialMeasurementsStorage, IntraocularLensCalculationsStorage, MacularGridThicknessAndVolumeReportStorage, OphthalmicVisualFieldStaticPerimetryMeasurementsStorage,
            OphthalmicThicknessMapStorage, CornealTopographyMapStorage, TextSRStorageTrialRETIRED, AudioSRStorageTrialRETIRED,
            DetailSRStorageTrialRETIRED, ComprehensiveSRStorageTrialRETIRED, BasicTextSRStorage, EnhancedSRStorage,
            ComprehensiveSRStorage, Comprehensive3DSRStorage, ExtensibleSRStorage, ProcedureLogStorage,
            MammographyCADSRStorage, KeyObjectSelectionDocumentStorage, ChestCADSRStorage, XRayRadiationDoseSRStorage,
            RadiopharmaceuticalRadiationDoseSRStorage, ColonCADSRStorage, ImplantationPlanSRStorage, AcquisitionContextSRStorage,
            SimplifiedAdultEchoSRStorage, PatientRadiationDoseSRStorage, PlannedImagingAgentAdministrationSRStorage, PerformedImagingAgentAdministrationSRStorage,
            EnhancedXRayRadiationDoseSRStorage, WaveformAnnotationSRStorage, ContentAssessmentResultsStorage, MicroscopyBulkSimpleAnnotationsStorage,
            EncapsulatedPDFStorage, EncapsulatedCDAStorage, EncapsulatedSTLStorage, EncapsulatedOBJStorage,
            EncapsulatedMTLStorage, PositronEmissionTomographyImageStorage, LegacyConvertedEnhancedPETImageStorage, StandalonePETCurveStorageRETIRED,
            EnhancedPETImageStorage, BasicStructuredDisplayStorage, CTDefinedProcedureProtocolStorage, CTPerformedProcedureProtocolStorage,
            ProtocolApprovalStorage, ProtocolApprovalInformationModelFind, ProtocolApprovalInformationModelMove, ProtocolApprovalInformationModelGet,
            XADefinedProcedureProtocolStorage, XAPerformedProcedureProtocolStorage, InventoryStorage, StorageManagementInstance,
            InventoryFind, InventoryMove, InventoryGet, InventoryCreation,
            RepositoryQuery, RTImageStorage, RTDoseStorage, RTStructureSetStorage,
            RTBeamsTreatmentRecordStorage, RTPlanStorage, RTBrachyTreatmentRecordStorage, RTTreatmentSummaryRecordStorage,
            RTIonPlanStorage, RTIonBeamsTreatmentRecordStorage, RTPhysicianIntentStorage, RTSegmentAnnotationStorage,
            RTRadiationSetStorage, CArmPhotonElectronRadiationStorage, TomotherapeuticRadiationStorage, RoboticArmRadiationStorage,
            RTRadiationRecordSetStorage, RTRadiationSalvageRecordStorage, TomotherapeuticRadiationRecordStorage, CArmPhotonElectronRadiationRecordStorage,
            RoboticRadiationRecordStorage, RTRadiationSetDeliveryInstructionStorage, RTTreatmentPreparationStorage, EnhancedRTImageStorage,
            EnhancedContinuousRTImageStorage, RTPatientPositionAcquisitionInstructionStorage, DICOSCTImageStorage, DICOSDigitalXRayImageStorageForPresentation,
            DICOSDigitalXRayImageStorageForProcessing, DICOSThreatDetectionReportStorage, DICOS2DAITStorage, DICOS3DAITStorage,
            DICOSQuadrupoleResonanceStorage, EddyCurrentImageStorage, EddyCurrentMultiFrameImageStorage, PatientRootQueryRetrieveInformationModelFind,
            PatientRootQueryRetrieveInformationModelMove, PatientRootQueryRetrieveInformationModelGet, StudyRootQueryRetrieveInformationModelFind, StudyRootQueryRetrieveInformationModelMove,
            StudyRootQueryRetrieveInformationModelGet, PatientStudyOnlyQueryRetrieveInformationModelFindRETIRED, PatientStudyOnlyQueryRetrieveInformationModelMoveRETIRED, PatientStudyOnlyQueryRetrieveInformationModelGetRETIRED,
            CompositeInstanceRootRetrieveMove, CompositeInstanceRootRetrieveGet, CompositeInstanceRetrieveWithoutBulkDataGet, DefinedProcedureProtocolInformationModelFind,
            DefinedProcedureProtocolInformationModelMove, DefinedProcedureProtocolInformationModelGet, ModalityWorklistInformationModelFind, GeneralPurposeWorklistManagementMetaRETIRED,
            GeneralPurposeWorklistInformationModelFindRETIRED, GeneralPurposeScheduledProcedureStepRETIRED, GeneralPurposePerformedProcedureStepRETIRED, InstanceAvailabilityNotification,
            RTBeamsDeliveryInstructionStorageTrialRETIRED, RTConventionalMachineVerificationTrialRETIRED, RTIonMachineVerificationTrialRETIRED, UnifiedWorklistAndProcedureStepTrialRETIRED,
            UnifiedProcedureStepPushTrialRETIRED, UnifiedProcedureStepWatchTrialRETIRED, UnifiedProcedureStepPullTrialRETIRED, UnifiedProcedureStepEventTrialRETIRED,
            UPSGlobalSubscriptionInstance, UPSFilteredGlobalSubscriptionInstance, UnifiedWorklistAndProcedureStep, UnifiedProcedureStepPush,
            UnifiedProcedureStepWatch, UnifiedProcedureStepPull, UnifiedProcedureStepEvent, UnifiedProcedureStepQuery,
            RTBeamsDeliveryInstructionStorage, RTConventionalMachineVerification, RTIonMachineVerification, RTBrachyApplicationSetupDeliveryInstructionStorage,
            GeneralRelevantPatientInformationQuery, BreastImagingRelevantPatientInformationQuery, CardiacRelevantPatientInformationQuery, HangingProtocolStorage,
            HangingProtocolInformationModelFind, HangingProtocolInformationModelMove, HangingProtocolInformationModelGet, ColorPaletteStorage,
            ColorPaletteQueryRetrieveInformationModelFind, ColorPaletteQueryRetrieveInformationModelMove, ColorPaletteQueryRetrieveInformationModelGet, ProductCharacteristicsQuery,
            SubstanceApprovalQuery, GenericImplantTemplateStorage, GenericImplantTemplateInformationModelFind, GenericImplantTemplateInformationModelMove,
            GenericImplantTemplateInformationModelGet, ImplantAssemblyTemplateStorage, ImplantAssemblyTemplateInformationModelFind, ImplantAssemblyTemplateInformationModelMove,
            ImplantAssemblyTemplateInformationModelGet, ImplantTemplateGroupStorage, ImplantTemplateGroupInformationModelFind, ImplantTemplateGroupInformationModelMove,
            ImplantTemplateGroupInformationModelGet, NativeDICOMModel, AbstractMultiDimensionalImageModel, DICOMContentMappingResource,
            VideoEndoscopicImageRealTimeCommunication, VideoPhotographicImageRealTimeCommunication, AudioWaveformRealTimeCommunication, RenditionSelectionDocumentRealTimeCommunication,
            dicomDeviceName, dicomDescription, dicomManufacturer, dicomManufacturerModelName,
            dicomSoftwareVersion, dicomVendorData, dicomAETitle, dicomNetworkConnectionReference,
            dicomApplicationCluster, dicomAssociationInitiator, dicomAssociationAcceptor, dicomHostname,
            dicomPort, dicomSOPClass, dicomTransferRole, dicomTransferSyntax,
            dicomPrimaryDeviceType, dicomRelatedDeviceReference, dicomPreferredCalledAETitle, dicomTLSCyphersuite,
            dicomAuthorizedNodeCertificateReference, dicomThisNodeCertificateReference, dicomInstalled, dicomStationName,
            dicomDeviceSerialNumber, dicomInstitutionName, dicomInstitutionAddress, dicomInstitutionDepartmentName,
            dicomIssuerOfPatientID, dicomPreferredCallingAETitle, dicomSupportedCharacterSet, dicomConfigurationRoot,
            dicomDevicesRoot, dicomUniqueAETitlesRegistryRoot, dicomDevice, dicomNetworkAE,
            dicomNetworkConnection, dicomUniqueAETitle, dicomTransferCapability, UTC,
        })
        {
            s_known.TryAdd(uid.UID, uid);
        }
    }
}
